// Runs before every npm script, on any Node: npm puts the Node of the devDependency "node" first on PATH, but
// an install without its install script leaves the machine's own, and then node:sqlite and .ts files fail obscurely.
'use strict';
const [major, minor] = process.version.slice(1).split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `PlexSync is developed with Node 24 (at least 22.18); this is ${process.version} (${process.execPath}). ` +
      'Run "npm ci" with install scripts allowed: it brings Node 24.',
  );
  process.exit(1);
}
