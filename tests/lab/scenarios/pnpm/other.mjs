// pnpm's other commands, refused.
import { answers } from '../../answers.mjs';

const shop = { name: 'shop', version: '0.1.0', private: true, license: 'MIT', dependencies: { lodash: '4.17.20' } };
const common = { operation: 'other', package: shop };

export default [
  {
    ...common,
    id: 'audit-refused',
    about: 'The audit address is refused with a JSON body, which pnpm prints raw.',
    majors: [7, 8, 9, 10, 11, 12],
    registry: 'https://npm.acme.example/',
    setup: 'pnpm install --lockfile-only',
    rules: [{ method: 'POST', path: '/-/npm/v1/security/', ...answers.forbidden }],
    run: 'pnpm audit',
  },
  {
    ...common,
    id: 'view-refused',
    about: 'Looking at a package; up to 10 npm does it.',
    majors: [10, 11, 12],
    rules: [{ method: 'GET', path: '/left-pad$', ...answers.forbidden }],
    run: 'pnpm view left-pad',
    prompt: true,
  },
  {
    ...common,
    id: 'whoami-refused',
    about: 'A registry that does not answer whoami.',
    majors: [9, 11, 12],
    registry: 'https://npm.acme.example/',
    rules: [{ method: 'GET', path: '/-/whoami$', ...answers.bare }],
    run: 'pnpm whoami',
    prompt: true,
  },
  {
    ...common,
    id: 'dist-tag-refused',
    about: 'Moving a dist-tag.',
    majors: [10, 11, 12],
    rules: [{ method: 'PUT', path: '/dist-tags/', ...answers.credentials }],
    run: 'pnpm dist-tag add @acme/ui@1.0.0 stable',
    prompt: true,
  },
  {
    ...common,
    id: 'outdated-refused',
    about: 'Asking for newer versions.',
    majors: [9],
    registry: 'https://npm.acme.example/',
    setup: 'pnpm install',
    rules: [{ method: 'GET', path: '/lodash$', ...answers.forbidden }],
    run: 'pnpm outdated',
    prompt: true,
  },
  {
    ...common,
    id: 'deprecate-refused',
    about: 'Deprecating a version of a package of somebody else.',
    majors: [11, 12],
    rules: [{ method: 'PUT', path: '/lodash$', ...answers.noPermission('lodash') }],
    run: 'pnpm deprecate lodash@4.17.20 "use 4.17.21"',
  },
];
