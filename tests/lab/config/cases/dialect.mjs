// The ini dialect: what a line of an .npmrc becomes.
import { ALL, KEY, LINE, OTHER, base64 } from './common.mjs';

const token = (text) => `//npm.acme.example/:_authToken${text}`;

export default [
  { check: 'C10', name: 'value-cut-by-hash', for: ALL, home: [LINE, token('=lab-token#one')], note: 'The token holds a hash sign without quotes.' },
  { check: 'C10', name: 'value-cut-by-semicolon', for: ALL, home: [LINE, token('=lab-token;one')], note: 'The token holds a semicolon without quotes.' },
  { check: 'C10', name: 'value-hash-quoted', for: ALL, home: [LINE, token('="lab-token#one"')], note: 'The token holds a hash sign in double quotes.' },
  { check: 'C10', name: 'value-hash-single-quotes', for: ALL, home: [LINE, token("='lab-token#one'")], note: 'The token holds a hash sign in single quotes.' },
  { check: 'C10', name: 'value-hash-escaped', for: ALL, home: [LINE, token('=lab-token\\#one')], note: 'The token holds a hash sign after a backslash.' },
  { check: 'C10', name: 'value-comment-behind', for: ALL, home: [LINE, token('=lab-token-one # for CI')], note: 'A comment stands behind the token.' },
  { check: 'C10', name: 'value-quoted', for: ALL, home: ['registry="https://npm.acme.example/"', token('="lab-token-one"')], note: 'The values stand in double quotes.' },
  { check: 'C10', name: 'value-quote-unclosed', for: ALL, home: [LINE, token('="lab-token-one')], note: 'The quote before the token is not closed.' },
  { check: 'C10', name: 'section-swallows', for: ALL, home: [LINE, '[acme]', KEY], note: 'A section stands before the credential.' },
  { check: 'C10', name: 'section-first', for: ALL, home: ['[acme]', LINE, KEY], note: 'A section stands before everything.' },
  { check: 'C10', name: 'key-without-equals', for: ALL, home: [LINE, token(' lab-token-one')], note: 'A blank stands where the equals sign belongs.' },
  { check: 'C10', name: 'key-with-colon', for: ALL, home: [LINE, token(': lab-token-one')], note: 'A colon stands where the equals sign belongs.' },
  { check: 'C10', name: 'registry-without-equals', for: ALL, home: ['registry https://npm.acme.example/', KEY], note: 'A blank stands where the equals sign of the registry belongs.' },
  { check: 'C10', name: 'indented', for: ALL, home: [`  ${LINE}`, `\t${KEY}`], note: 'The lines are indented.' },
  { check: 'C10', name: 'array-key', for: ALL, home: [LINE, token('[]=lab-token-one')], note: 'The key is written as a list.' },
  { check: 'C10', name: 'password-cut-by-hash', for: ALL, home: [LINE, '//npm.acme.example/:username=dev', `//npm.acme.example/:_password=${base64('lab-password')}#two`], note: 'The password is cut by a hash sign.' },
  { check: 'C10', name: 'token-in-url-form', for: ALL, home: [LINE, '//npm.acme.example/:_authToken=Bearer lab-token-one'], note: 'The token begins with the name of its scheme.' },
  { check: 'C10', name: 'key-wrong-word', for: ALL, home: [LINE, '//npm.acme.example/:_authtoken=lab-token-one'], note: 'The word behind the address is in lower case.' },
  { name: 'comment-lines', for: ALL, home: ['# a comment', '; another one', '', LINE, KEY], note: 'Comments and empty lines stand before the values.' },
  { check: 'C24', name: 'duplicate-key', for: ALL, home: [LINE, KEY, token('=lab-token-two')], note: 'The credential stands twice.' },
  { check: 'C24', name: 'duplicate-registry', for: ALL, home: [OTHER, LINE, KEY], note: 'The registry stands twice.' },
  { name: 'bom', for: ALL, home: [`\ufeff${LINE}`, KEY], note: 'The file begins with a byte order mark.' },
  { name: 'crlf', for: ALL, home: [`${LINE}\r`, `${KEY}\r`], note: 'The lines end as on Windows.' },
  { check: 'C11', name: 'utf-16', for: ALL, home: [LINE, KEY], encoding: { 'home/.npmrc': 'utf-16le' }, note: 'The file is in UTF-16, as a shell of Windows writes it.' },
  { check: 'C11', name: 'utf-16-registry-from-env', for: 'npm pnpm yarn1 bun', home: [LINE, KEY], encoding: { 'home/.npmrc': 'utf-16le' }, env: { npm_config_registry: 'https://npm.acme.example/' }, note: 'The file is in UTF-16 and a variable names the registry.' },
  { name: 'unicode-in-value', for: 'npm pnpm yarn1 bun', home: [LINE, token('=lab-tökén-one')], note: 'The token holds letters beyond ASCII.' },
];
