import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Stash2Plex as somebody has unpacked it; nothing of it is ours. */
export interface Peer {
  readonly folder: string;
  /** With its requirements installed. */
  readonly python: string;
  readonly version: string;
}

/** What it would install by itself, with pip, when it is missing. */
const MODULES = 'persistqueue, stashapi, plexapi, tenacity, pydantic, diskcache';

/** The peer that the environment names, or a sentence that says why it is not measured. */
export function findPeer(env: NodeJS.ProcessEnv = process.env): Peer | string {
  const folder = env['PLEXSYNC_BENCH_PEER'];
  const python = env['PLEXSYNC_BENCH_PEER_PYTHON'] ?? 'python3';
  if (folder === undefined || folder === '') {
    return 'Not measured: PLEXSYNC_BENCH_PEER does not name a folder with Stash2Plex.';
  }
  const manifest = path.join(folder, 'Stash2Plex.yml');
  if (!existsSync(manifest) || !existsSync(path.join(folder, 'Stash2Plex.py'))) {
    return `Not measured: ${folder}, which PLEXSYNC_BENCH_PEER names, does not hold Stash2Plex.`;
  }
  const { status } = spawnSync(python, ['-c', `import ${MODULES}`]);
  if (status !== 0) {
    return `Not measured: ${python} lacks one of ${MODULES}; name a Python that has them in PLEXSYNC_BENCH_PEER_PYTHON.`;
  }
  const version = /^version:\s*(\S+)/m.exec(readFileSync(manifest, 'utf8'))?.[1] ?? 'unknown';
  return { folder: path.resolve(folder), python, version };
}
