// How each client is told to install or publish, and what keeps it quiet about anything else.
// None of these variables touches a registry or a credential; measured.json leaves them out.
import berry from '../clients/berry.mjs';
import bun from '../clients/bun.mjs';
import deno from '../clients/deno.mjs';
import npm from '../clients/npm.mjs';
import pnpm from '../clients/pnpm.mjs';
import yarn1 from '../clients/yarn1.mjs';

const CA = '/etc/ssl/certs/ca-certificates.crt';
const quietNpm = {
  npm_config_audit: 'false',
  npm_config_fund: 'false',
  npm_config_update_notifier: 'false',
  npm_config_fetch_retries: '0',
  NO_UPDATE_NOTIFIER: '1',
};

// `spec` is the exact version behind the major that a client's name stands for; yarn 1 has one major only.
export const clients = {
  npm: {
    ...npm,
    env: { NODE_EXTRA_CA_CERTS: CA, ...quietNpm },
    commands: { install: 'npm install', publish: 'npm publish', restore: 'npm ci' },
  },
  pnpm: {
    ...pnpm,
    env: { NODE_EXTRA_CA_CERTS: CA, SSL_CERT_FILE: CA, ...quietNpm, pnpm_config_fetch_retries: '0' },
    commands: { install: 'pnpm add', publish: 'pnpm publish --no-git-checks', restore: 'pnpm install --frozen-lockfile' },
  },
  yarn1: {
    ...yarn1,
    spec: { 1: '1.22.22' },
    env: { NODE_EXTRA_CA_CERTS: CA, NODE_OPTIONS: '--require /home/network.js', YARN_DISABLE_SELF_UPDATE_CHECK: 'true' },
    commands: {
      install: 'yarn add',
      publish: 'yarn publish --non-interactive --new-version 2.0.0',
      restore: 'yarn install --frozen-lockfile',
    },
  },
  berry: {
    ...berry,
    env: {
      NODE_EXTRA_CA_CERTS: CA,
      YARN_ENABLE_TELEMETRY: 'false',
      YARN_ENABLE_GLOBAL_CACHE: 'false',
      YARN_NODE_LINKER: 'node-modules',
      YARN_ENABLE_IMMUTABLE_INSTALLS: 'false',
      YARN_HTTP_RETRY: '0',
      YARN_HTTPS_CA_FILE_PATH: CA,
    },
    commands: { install: 'yarn add', publish: 'yarn npm publish', restore: 'yarn install' },
    // It publishes only what it has installed once; that asks nothing of a registry.
    beforePublish: 'yarn install',
  },
  bun: {
    ...bun,
    env: { SSL_CERT_FILE: CA, NODE_EXTRA_CA_CERTS: CA },
    commands: { install: 'bun add', publish: 'bun publish', restore: 'bun install --frozen-lockfile' },
  },
  deno: {
    ...deno,
    env: { DENO_CERT: CA, DENO_NO_UPDATE_CHECK: '1', NO_COLOR: '1' },
    commands: { install: 'deno install', restore: 'deno install --frozen' },
    prefixed: true,
  },
};

// What a measurement without a name runs, in the order of what matters most.
export const usual = [
  'npm@11', 'pnpm@10', 'yarn1@1', 'berry@4', 'bun@1', 'pnpm@11', 'npm@12', 'npm@8', 'npm@6', 'pnpm@12', 'deno@2',
];
