// What release tools need of git: a name to commit with, and a repository with a remote that can be pushed to.

// ~/.gitconfig
export const gitconfig =
  '[user]\n\tname = dev\n\temail = dev@acme.example\n[init]\n\tdefaultBranch = main\n[advice]\n\tdetachedHead = false\n';

// Shell lines that make the project a repository with one pushed commit, which carries the tags.
export const repository = (...tags) =>
  [
    'git init --quiet --bare /home/dev/origin.git',
    'git init --quiet .',
    'git remote add origin file:///home/dev/origin.git',
    'git add .',
    'git commit --quiet --message "feat: first"',
    ...tags.map((tag) => `git tag --annotate ${tag} --message ${tag}`),
    'git push --quiet --set-upstream --follow-tags origin main',
  ].join('\n');

// Another commit, so that there is something to release.
export const change = (subject) => `echo "${subject}" >> CHANGES.txt\ngit add .\ngit commit --quiet --message "${subject}"`;
