/** The first with node:sqlite that needs no flag. */
const LEAST = { major: 22, minor: 13 } as const;

/** One sentence when this Node is too old, or null. Imports nothing: it has to run on any Node. */
export function nodeProblem(version: string, path: string): string | null {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  if (major > LEAST.major || (major === LEAST.major && minor >= LEAST.minor)) return null;
  return `PlexSync needs Node ${LEAST.major}.${LEAST.minor} or newer; this is ${version} (${path}).`;
}
