import { fileURLToPath } from 'node:url';

/** What `plexsync` is when it is run from the sources. */
export const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
