// What registries answer, in their own words, to be used by the scenarios of every client.
// Each is the refusing half of a rule; add `method`, `path` or `host` beside it.
const json = (error) => ({ status: 403, body: { error } });

const GUID = '5b1f8e0c-7a43-4c1e-9d8e-2f6a1c0b9d77';

export const answers = {
  // The public registry.
  versionExists: (version) => json(`You cannot publish over the previously published versions: ${version}.`),
  noPermission: (name) =>
    json(`You do not have permission to publish "${name}". Are you logged in as the correct user?`),
  credentials: json('You may not perform that action with these credentials.'),
  twoFactor: json(
    'Two-factor authentication or granular access token with bypass 2fa enabled is required to publish packages.',
  ),
  held: {
    status: 403,
    headers: {
      'npm-notice':
        'Your account has been temporarily suspended from this action due to a recent security-sensitive action on your account.',
    },
    body: { error: { code: 403, message: 'Forbidden' } },
  },
  forbidden: json('Forbidden'),
  tooSimilar: (name) =>
    json(
      `Package name too similar to existing package ${name}; try renaming your package to '@dev/${name}' and publishing with 'npm publish --access=public' instead`,
    ),
  bare: {
    status: 403,
    body: '<html>\n<head><title>403 Forbidden</title></head>\n<body>\n<center><h1>403 Forbidden</h1></center>\n<hr><center>cloudflare</center>\n</body>\n</html>\n',
  },

  // Forges.
  githubWrite: json('Permission permission_denied: write_package'),
  githubRead: json('Permission permission_denied: read_package'),
  gitlabExists: { status: 403, body: { message: 'Package already exists.', error: 'Package already exists.' } },
  gitlabDenied: { status: 403, body: { message: '403 Forbidden' } },
  gitlabScope: {
    status: 403,
    body: {
      error: 'insufficient_scope',
      error_description: 'The request requires higher privileges than provided by the access token.',
      scope: 'api',
    },
  },

  // Azure: the message stands in the reason phrase, and once more in the body.
  azure: (permission) => {
    const message = `User '${GUID}' lacks permission to complete this action. You need to have '${permission}'. (DevOps Activity ID: 8C1D94B2-6E0F-4B7A-AE55-0D1C2B3A4F5E)`;
    return {
      status: 403,
      phrase: `Forbidden - ${message}`,
      body: { $id: '1', innerException: null, message, typeKey: 'FeedNeedsPermissionsException', errorCode: 0 },
    };
  },

  // Repository managers.
  nexusQuarantined: { status: 403, phrase: 'Requested item is quarantined', body: '' },
  nexusPro: {
    status: 403,
    phrase: 'Deploying to groups is a PRO-licensed feature. See https://links.sonatype.com/product-nexus-repository',
    body: '',
  },
  artifactory: (message) => ({ status: 403, body: { errors: [{ status: 403, message }] } }),
  curation: (name, version) => ({
    status: 403,
    headers: {
      'npm-notice': `package ${name}:${version} download was blocked by jfrog packages curation service due to the following policies violated {Malicious package,block-malicious}`,
    },
    body: { errors: [{ status: 403, message: `Package ${name}:${version} is blocked by a curation policy` }] },
  }),
  verdaccioDenied: (user, action, name) => json(`user ${user} is not allowed to ${action} package ${name}`),
  google: (permission, resource) => ({
    status: 403,
    body: {
      error: {
        code: 403,
        message: `Permission '${permission}' denied on resource "${resource}" (or it may not exist).`,
        status: 'PERMISSION_DENIED',
      },
    },
  }),
  codeartifact: (arn, action) => ({
    status: 403,
    body: { message: `User: ${arn} is not authorized to perform: ${action} because no identity-based policy allows it` },
  }),

  // Storage behind a registry.
  signedUrlExpired: {
    status: 403,
    headers: { 'content-type': 'application/xml' },
    body: '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>',
  },

  // Near misses.
  unauthorized: { status: 401, body: { error: 'Unable to authenticate, your authentication token seems to be invalid.' } },
  missing: { status: 404, body: { error: 'Not found' } },
  conflict: { status: 409, body: { error: 'this package is already present' } },
};
