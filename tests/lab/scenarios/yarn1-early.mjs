// What an early yarn 1 words otherwise than the last one, out of the scenarios of yarn 1.
import { answers } from '../answers.mjs';
import scenarios from './yarn1.mjs';

const wanted = [
  'publish-version-exists',
  'publish-bare',
  'publish-terminal',
  'install-access-denied',
  'install-azure',
  'install-quarantined',
  'install-json',
  'install-proxy-connect',
  'audit-refused',
  'miss-not-found',
];

// The last yarn 1 no longer writes this file.
const errorLog = {
  id: 'install-error-log',
  about: 'The yarn-error.log that a refused installation leaves.',
  operation: 'install',
  package: { name: 'shop', version: '0.1.0', private: true, license: 'MIT', dependencies: { '@acme/ui': '^1.0.0' } },
  registry: 'https://npm.acme.example/',
  rules: [{ method: 'GET', path: '/@acme%2fui$', ...answers.verdaccioDenied('dev', 'access', '@acme/ui') }],
  run: 'yarn install',
  keep: ['out', 'debug'],
};

export default [...scenarios.filter(({ id }) => wanted.includes(id)), errorLog];
