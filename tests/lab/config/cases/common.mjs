// Lines that many cases share. The tokens are fakes that nobody can take for a secret.
export const ALL = 'npm pnpm yarn1 bun deno';
export const LINE = 'registry=https://npm.acme.example/';
export const KEY = '//npm.acme.example/:_authToken=lab-token-one';
export const OTHER = 'registry=https://other.acme.example/';
export const OTHER_KEY = '//other.acme.example/:_authToken=lab-token-two';
export const SCOPE = '@acme:registry=https://other.acme.example/';
export const base64 = (text) => Buffer.from(text).toString('base64');
