// npm's other commands, refused.
import { answers } from '../../answers.mjs';

const shop = { name: 'shop', version: '0.1.0', private: true, license: 'MIT', dependencies: { lodash: '4.17.20' } };
const common = { operation: 'other', package: shop };

export default [
  {
    ...common,
    id: 'audit-refused',
    about: 'The audit address is refused with a JSON message; npm words it without E403.',
    majors: [6, 8, 10, 11, 12],
    audit: true,
    setup: 'npm install --package-lock-only --no-audit',
    rules: [{ method: 'POST', path: '/-/npm/v1/security/', status: 403, body: { success: false, error: 'Forbidden' } }],
    run: 'npm audit',
  },
  {
    ...common,
    id: 'owner-add-refused',
    about: 'Adding an owner; npm wraps the refusal in a sentence of its own and calls it EOWNERMUTATE.',
    majors: [6, 8, 10, 12],
    rules: [{ method: 'PUT', path: '/-rev/', ...answers.credentials }],
    run: 'npm owner add carol @acme/icons',
  },
  {
    ...common,
    id: 'dist-tag-refused',
    about: 'Moving a dist-tag.',
    majors: [6, 8, 11, 12],
    rules: [{ method: 'PUT', path: '/dist-tags/', ...answers.credentials }],
    run: 'npm dist-tag add @acme/ui@1.0.0 stable',
    prompt: true,
  },
  {
    ...common,
    id: 'unpublish-refused',
    about: 'Unpublishing one version of several: a PUT to the revision.',
    majors: [8, 10, 12],
    rules: [{ method: 'PUT', path: '/-rev/', ...answers.forbidden }],
    run: 'npm unpublish lodash@4.17.20',
  },
  {
    ...common,
    id: 'unpublish-all-refused',
    about: 'Unpublishing a whole package: a DELETE.',
    majors: [6, 11],
    rules: [{ method: 'DELETE', path: '/-rev/', ...answers.credentials }],
    run: 'npm unpublish --force @acme/icons',
    prompt: true,
  },
  {
    ...common,
    id: 'whoami-refused',
    about: 'A registry that does not answer whoami.',
    majors: [6, 8, 10, 12],
    registry: 'https://npm.acme.example/',
    rules: [{ method: 'GET', path: '/-/whoami$', ...answers.bare }],
    run: 'npm whoami',
    prompt: true,
  },
  {
    ...common,
    id: 'view-refused',
    about: 'Looking at a package.',
    majors: [7, 9, 11],
    rules: [{ method: 'GET', path: '/left-pad$', ...answers.forbidden }],
    run: 'npm view left-pad',
  },
  {
    ...common,
    id: 'deprecate-refused',
    about: 'Deprecating a version of a package of somebody else.',
    majors: [6, 8, 12],
    rules: [{ method: 'PUT', path: '/lodash$', ...answers.noPermission('lodash') }],
    run: 'npm deprecate lodash@4.17.20 "use 4.17.21"',
  },
  {
    ...common,
    id: 'search-refused',
    about: 'Searching.',
    majors: [8, 11],
    rules: [{ method: 'GET', path: '/-/v1/search', ...answers.bare }],
    run: 'npm search acme',
  },
];
