import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { mutateStash } from '../suite/editStash.ts';
import { type Simulators, startSimulators } from '../suite/simulators.ts';
import { type BenchWorld, inWorld, PLEX_TOKEN } from '../suite/world.ts';
import type { Peer } from './findPeer.ts';
import { Stash2Plex } from './stash2plex.ts';

export interface SidesOptions {
  readonly peer: Peer;
  readonly scenes: number;
  readonly plexLatencyMs: number;
}

/** Each has servers of its own with the same files, so that neither meets what the other wrote. */
export interface Sides {
  readonly ours: BenchWorld;
  readonly theirs: { readonly plugin: Stash2Plex; readonly servers: Simulators };
}

export async function* withSides<Value>(
  { peer, scenes, plexLatencyMs }: SidesOptions,
  work: (sides: Sides) => AsyncGenerator<Value>,
): AsyncGenerator<Value> {
  const folder = mkdtempSync(path.join(tmpdir(), 'plexsync-peer-'));
  const servers = await startSimulators({
    scenes,
    plexToken: PLEX_TOKEN,
    plexLatencyMs,
    areEditsTold: false,
    inbox: null,
  });
  try {
    const plugin = new Stash2Plex(peer, { servers, folder });
    await plugin.configure();
    yield* inWorld({ scenes, plexLatencyMs, hasHook: false }, (ours) =>
      work({ ours, theirs: { plugin, servers } }),
    );
  } finally {
    await servers.end();
    rmSync(folder, { recursive: true });
  }
}

const AT_ONCE = 200;

/** Another title and other tags for each, on both sides. */
export async function editBoth(
  { ours, theirs }: Sides,
  scenes: readonly number[],
  round: number,
): Promise<void> {
  for (let start = 0; start < scenes.length; start += AT_ONCE) {
    const edits = scenes.slice(start, start + AT_ONCE).map((id) => {
      const tags = [round, round + 3].map((tag) => `"${(tag % TAGS) + 1}"`);
      const input = `{ id: ${id}, title: "Edit ${round} of ${id}", tag_ids: [${tags.join()}] }`;
      return `e${id}: sceneUpdate(input: ${input}) { id }`;
    });
    for (const { servers } of [ours, theirs]) await mutateStash(servers.stash, edits.join(' '));
  }
}

/** As many as the made-up library has at least. */
const TAGS = 8;

export const firstScenes = (count: number): readonly number[] =>
  Array.from({ length: count }, (_, n) => n + 1);
