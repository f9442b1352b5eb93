import { expect, onTestFinished, test } from 'vitest';
import { sampleLibrary } from '../../simulator/sampleLibrary.ts';
import { fillLibrary } from '../../simulator/stash/model/fillLibrary.ts';
import { type StashSimulator, startStashSimulator } from '../../simulator/stash/simulator.ts';
import { createStashClient } from '../stash/createStashClient.ts';
import { apiKeySignIn } from '../stash/signIn.ts';
import type { StashClient } from '../stash/stashClient.ts';
import { sampleScenes } from './sampleScenes.ts';

async function stashOf(
  scenes: number,
  change: (library: StashSimulator['library']) => void = () => undefined,
): Promise<StashClient> {
  const stash = await startStashSimulator({});
  onTestFinished(() => stash.close());
  fillLibrary(stash.library, sampleLibrary(scenes));
  change(stash.library);
  return createStashClient({
    url: stash.url,
    signIn: apiKeySignIn(''),
    extras: { tagAliases: false, performerAliases: false },
    tlsVerify: true,
    connectTimeoutMs: 5000,
    readTimeoutMs: 30_000,
  });
}

async function sampledIds(stash: StashClient): Promise<readonly number[]> {
  const sampled = await sampleScenes(stash, () => undefined);
  if (!sampled.ok) throw new Error(sampled.failure.message);
  return sampled.value.map(({ id }) => Number(id)).toSorted((a, b) => a - b);
}

test('a small library is read whole, page by page', async () => {
  expect(await sampledIds(await stashOf(450))).toEqual(Array.from({ length: 450 }, (_, nth) => nth + 1));
});

test('of a large one some are read from each part of it, whichever were changed last', async () => {
  const ids = await sampledIds(
    await stashOf(4_000, (library) => {
      // A bulk edit of old ones.
      for (const scene of library.scenes.all().slice(0, 100)) library.editScene(scene, { title: 'Edited' });
    }),
  );
  expect(ids).toHaveLength(2_000);
  const tenths = new Set(ids.map((id) => Math.floor((id - 1) / 400)));
  expect(tenths.size).toBe(10);
});

test('of a large one of which most was deleted, too', async () => {
  const ids = await sampledIds(
    await stashOf(8_000, (library) => {
      for (let id = 1; id <= 5_500; id++) library.scenes.delete(id);
    }),
  );
  expect(ids).toHaveLength(2_000);
  expect(Math.max(...ids)).toBeGreaterThan(7_000);
});

test('of none there is none', async () => {
  expect(await sampledIds(await stashOf(0))).toEqual([]);
});
