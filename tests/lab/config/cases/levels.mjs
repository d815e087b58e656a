// Files and levels: project, user, global, workspace, and which of them wins.
import { ALL, KEY, LINE, OTHER, OTHER_KEY } from './common.mjs';

const TWO = '//npm.acme.example/:_authToken=lab-token-two';
const member = { cd: 'project/packages/app' };
const app = { 'project/packages/app/package.json': ['{"name":"app","version":"1.0.0"}'] };
const root = { private: true, workspaces: ['packages/*'] };
const pnpmRoot = { 'project/pnpm-workspace.yaml': ['packages:', "  - 'packages/*'"] };

export default [
  { check: 'C24', name: 'project-over-user', for: ALL, home: [OTHER, KEY], project: [LINE], note: 'The project names one registry, the user another one.' },
  { check: 'C24', name: 'project-token-over-user', for: ALL, home: [LINE, KEY], project: [TWO], note: 'The project has one token, the user another one.' },
  { check: 'C24', name: 'user-over-global', for: 'npm pnpm yarn1 bun', home: [LINE, KEY], global: [OTHER, TWO], note: 'The user names one registry, the global file another one.' },
  { check: 'C24', name: 'global-alone', for: 'npm pnpm yarn1 bun', global: [LINE, KEY], note: 'Everything stands in the global file.' },
  { check: 'C24', name: 'global-token', for: 'npm pnpm yarn1 bun', home: [LINE], global: [KEY], note: 'The registry stands with the user, the token in the global file.' },
  { name: 'project-alone', for: ALL, project: [LINE, KEY], note: 'Everything stands in the project.' },
  { name: 'project-registry-user-token', for: ALL, home: [KEY], project: [LINE], note: 'The registry stands in the project, the token with the user.' },
  { name: 'folder-inside-project', for: 'npm pnpm yarn1 bun', cd: 'project/src', files: { 'project/src/index.js': ['module.exports = {};'] }, home: [KEY], project: [LINE], note: 'The command runs in a folder inside the project.' },
  { check: 'C12', name: 'member-alone', ...member, for: 'npm>=7 yarn1 bun', manifest: root, files: { ...app, 'project/packages/app/.npmrc': [LINE, KEY] }, home: [OTHER], note: 'The file stands in a member of a workspace, where the command runs.' },
  { check: 'C12', name: 'member-against-root', ...member, for: 'npm>=7 yarn1 bun', manifest: root, files: { ...app, 'project/packages/app/.npmrc': [OTHER, OTHER_KEY] }, project: [LINE, KEY], note: 'The member of a workspace names one registry, its root another one.' },
  { check: 'C12', name: 'member-alone-pnpm', ...member, for: 'pnpm', manifest: { private: true }, files: { ...pnpmRoot, ...app, 'project/packages/app/.npmrc': [LINE, KEY] }, home: [OTHER], note: 'The file stands in a member of a pnpm workspace, where the command runs.' },
  { check: 'C12', name: 'member-against-root-pnpm', ...member, for: 'pnpm', manifest: { private: true }, files: { ...pnpmRoot, ...app, 'project/packages/app/.npmrc': [OTHER, OTHER_KEY] }, project: [LINE, KEY], note: 'The member of a pnpm workspace names one registry, its root another one.' },
  { check: 'C12', name: 'member-publish', ...member, do: 'publish', package: 'app', for: 'npm>=7 yarn1 bun', manifest: { name: 'shop', ...root }, files: { ...app, 'project/packages/app/.npmrc': [OTHER, OTHER_KEY] }, project: [LINE, KEY], note: 'A publish in a member of a workspace that names another registry than the root.' },
];
