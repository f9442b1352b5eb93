import { describe, expect, test } from 'vitest';
import { clientOf, STASH_VERSIONS, serveStash, stashSchema } from './testing/miniStash.ts';

const stash2plex = { id: 'Stash2Plex', name: 'Stash to Plex', enabled: true };

test.each(STASH_VERSIONS)('%s lists its plugins, enabled or not', async (version) => {
  const others = [{ ...stash2plex, id: 'tagger', enabled: false }];
  const stash = await serveStash({ plugins: [stash2plex, ...others] }, stashSchema(version));
  expect(await clientOf(stash.url).plugins()).toEqual({ ok: true, value: [stash2plex, ...others] });
});

test('none is an answer, too', async () => {
  expect(await clientOf((await serveStash({ plugins: null })).url).plugins()).toEqual({
    ok: true,
    value: [],
  });
});

describe('a Stash that does not tell', () => {
  test.each([
    ['knows no plugins', (sdl: string) => sdl.replace(/^ *plugins: .*$/m, '')],
    ['does not say what is enabled', (sdl: string) => sdl.replace(/^ *enabled: .*$/m, '')],
  ])('since it %s has refused this question; its settings are not at fault', async (_what, change) => {
    const stash = await serveStash({}, stashSchema('v0.27.0', change));
    expect(await clientOf(stash.url).plugins()).toMatchObject({
      ok: false,
      failure: { class: 'rejected', peer: 'stash' },
    });
    expect(stash.asked).toHaveLength(1);
  });
});
