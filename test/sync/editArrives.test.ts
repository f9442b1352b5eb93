import { describe, expect, test } from 'vitest';
import { worldOfEachTest } from './eachWorld.ts';

const open = worldOfEachTest();

describe.each(['append', 'replace'] as const)('with a Plex whose tag writes %s', (tagWrite) => {
  test('an edit in Stash shows in Plex', async () => {
    const world = await open({ plex: { tagWrite } });
    await world.edit(1, { title: 'New title', details: 'One.\n\nTwo.', date: '2024-05' });
    expect(await world.work()).toMatchObject({ kind: 'idle', nextDueAt: null });
    const item = world.plex.library.read(world.itemKey(1));
    expect(item?.fields).toMatchObject({
      title: 'New title',
      studio: world.samples[0]?.studio,
      summary: 'One.\n\nTwo.',
      originallyAvailableAt: '2024-05-01',
    });
  });
});
