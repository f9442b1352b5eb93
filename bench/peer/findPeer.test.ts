import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findPeer } from './findPeer.ts';
import { besidePeer } from './pair.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'peer-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a peer that is not named, not there, or cannot run is not measured, and one sentence says why', () => {
  const named = { PLEXSYNC_BENCH_PEER: folder };
  expect(findPeer({})).toMatch(/^Not measured: PLEXSYNC_BENCH_PEER does not name .*\.$/);
  expect(findPeer(named)).toMatch(/^Not measured: .* does not hold Stash2Plex\.$/);
  for (const file of ['Stash2Plex.yml', 'Stash2Plex.py'])
    writeFileSync(path.join(folder, file), 'version: 1.2.3\n');
  expect(findPeer({ ...named, PLEXSYNC_BENCH_PEER_PYTHON: 'false' })).toMatch(
    /^Not measured: false lacks one of /,
  );
  expect(findPeer({ ...named, PLEXSYNC_BENCH_PEER_PYTHON: 'true' })).toEqual({
    folder,
    python: 'true',
    version: '1.2.3',
  });
});

test('a benchmark beside a peer that is absent is that sentence', async () => {
  const benchmark = besidePeer({ name: 'x', words: 'y' }, async function* () {
    yield* [];
    throw new Error('measured all the same');
  });
  const options = { isQuick: true, rounds: null, plexLatencyMs: null, scenes: null };
  const before = process.env['PLEXSYNC_BENCH_PEER'];
  delete process.env['PLEXSYNC_BENCH_PEER'];
  try {
    const found = [];
    for await (const finding of benchmark.run(options)) found.push(finding);
    expect(found).toEqual([{ kind: 'note', text: expect.stringMatching(/^Not measured/) }]);
  } finally {
    if (before !== undefined) process.env['PLEXSYNC_BENCH_PEER'] = before;
  }
});
