import { describe, expect, test } from 'vitest';
import { png, posterKey } from '../world/pictures.ts';
import type { World } from '../world/world.ts';
import { giveCover, synced, uploadsAmong } from './covers.ts';
import { editsAmong, itemAt, requestsDuring, worldOfEachTest } from './eachWorld.ts';

const open = worldOfEachTest();

describe('an image that fails', () => {
  test('fails alone: the texts are written, and only the image is tried again', async () => {
    const world = await open();
    world.plex.faults.add({ fault: 'status', argument: '500', method: 'POST', count: 1 });
    world.stash.library.setCover(world.scene(1), png('a'));
    await world.edit(1, { title: 'Written' });
    await world.work();
    expect(itemAt(world, 1)).toMatchObject({
      title: 'Written',
      selectedPoster: `media://${world.itemKey(1)}/thumb`,
    });
    const requests = await requestsDuring(world, () => world.workFor(3_600_000));
    expect(itemAt(world, 1).selectedPoster).toBe(posterKey(png('a')));
    expect(editsAmong(requests)).toHaveLength(1);
    expect((await world.operations.status()).queue).toMatchObject({ pending: 0, dead: 0 });
  });

  test.each(['400', '500'] as const)('for good (%s) is a dead letter with the reason', async (status) => {
    const world = await open();
    world.plex.faults.add({ fault: 'status', argument: status, method: 'POST', count: 1_000 });
    world.stash.library.setCover(world.scene(1), png('a'));
    await world.edit(1, { title: 'Written' });
    await world.workFor(24 * 3_600_000);
    expect(itemAt(world, 1).title).toBe('Written');
    const [dead] = await world.operations.dead({ limit: 1 });
    expect(dead?.failure).toMatchObject({ class: 'rejected', message: expect.stringContaining('/posters') });
  });

  test.each(['login', 'html', 'serverError', 'unauthorized'] as const)(
    'since Stash answers a cover with “%s” holds nothing else up',
    async (fault) => {
      const world = await open();
      world.stash.faults.add({ fault, matching: '/scene/1/screenshot' });
      for (const number of [1, 2]) {
        world.stash.library.setCover(world.scene(number), png(`${number}`));
        await world.edit(number, { title: `Written ${number}` });
      }
      await world.work();
      expect(itemAt(world, 1).title).toBe('Written 1');
      expect(itemAt(world, 2)).toMatchObject({ title: 'Written 2', selectedPoster: posterKey(png('2')) });
      expect((await world.operations.status()).pauses).toEqual([]);
      world.stash.faults.clear();
      await world.workFor(3_600_000);
      expect(itemAt(world, 1).selectedPoster).toBe(posterKey(png('1')));
    },
  );

  test('since the answer got lost is not sent again', async () => {
    const world = await open();
    world.plex.faults.add({ fault: 'lost-reply', method: 'POST', count: 1 });
    await giveCover(world, 1, png('a'));
    const requests = await requestsDuring(world, () => world.workFor(3_600_000));
    expect(uploadsAmong(requests)).toHaveLength(1);
    expect(itemAt(world, 1)).toMatchObject({ selectedPoster: posterKey(png('a')) });
    expect(itemAt(world, 1).locks).toContain('thumb');
  });
});

test('many images end a batch after some seconds, so that an edit does not wait for them all', async () => {
  const slow: { world: World | null } = { world: null };
  const world = await open({
    files: 4,
    reach: (step) => {
      if (step === 'image-sent') slow.world?.clock.advance(3_000);
    },
  });
  slow.world = world;
  for (const number of [1, 2, 3, 4]) await giveCover(world, number, png(`${number}`));
  await world.engine.worker.tick();
  const posters = () => [1, 2, 3, 4].map((number) => itemAt(world, number).posters.length);
  expect(posters()).toEqual([2, 2, 1, 1]);
  expect((await world.operations.status()).queue).toMatchObject({ pending: 2, dead: 0 });
  await world.work();
  expect(posters()).toEqual([2, 2, 2, 2]);
});

describe('the journal', () => {
  test('holds what was selected before and after, so that it can be selected again', async () => {
    const world = await open();
    await synced(world, png('a'));
    await synced(world, png('b'));
    const writes = (await world.operations.history({ limit: 50 }))
      .filter(({ changes }) => changes.some(({ field }) => field === 'poster'))
      .map(({ state, changes }) => ({ state, ...changes[0] }));
    expect(writes).toMatchObject([
      {
        state: 'arrived',
        field: 'poster',
        before: posterKey(png('a')),
        after: posterKey(png('b')),
        wasLocked: true,
        reason: 'changed',
      },
      {
        state: 'arrived',
        before: `media://${world.itemKey(1)}/thumb`,
        after: posterKey(png('a')),
        wasLocked: false,
        reason: 'first',
      },
    ]);
  });
});
