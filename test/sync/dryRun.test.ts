import { expect, test } from 'vitest';
import { sceneId } from '../../src/core/ids.ts';
import { itemAt, messagesOf, requestsDuring, settle, tagIds, worldOfEachTest } from './eachWorld.ts';

const open = worldOfEachTest();

test('a dry run writes nothing and says what it would write', async () => {
  const world = await open({ settings: { dry_run: true } });
  const before = itemAt(world, 1);
  await world.edit(1, { title: 'New title', tagIds: tagIds(world, ['Rain']) });
  const requests = await requestsDuring(world, () => settle(world));
  expect(requests.filter((request) => request.method !== 'GET')).toEqual([]);
  expect(itemAt(world, 1)).toEqual(before);
  expect(messagesOf(world, 'info')).toContain('dry run: would write');
  const line = world.log.lines.find((each) => each.includes('dry run: would write')) ?? '';
  expect(JSON.parse(line)).toMatchObject({
    scene: '1',
    item: world.itemKey(1),
    fields: expect.arrayContaining(['title', 'studio', 'genres']),
  });
});

test('a dry run leaves nothing in the journal and nothing to be done', async () => {
  const world = await open({ settings: { dry_run: true } });
  await world.edit(1, { title: 'New title' });
  await settle(world);
  expect(await world.operations.history({ limit: 10 })).toEqual([]);
  const { queue, dryRun } = await world.operations.status();
  expect(dryRun).toBe(true);
  expect(queue).toMatchObject({ pending: 0, running: 0, waiting: 0, dead: 0 });
});

test('a plan says field by field what would be written and why, and writes nothing', async () => {
  const world = await open();
  await world.edit(1, { title: 'New title', details: '' });
  const requests = await requestsDuring(world, async () => {
    const planned = await world.operations.plan([sceneId('1')]);
    expect(planned).toMatchObject({
      ok: true,
      value: [
        {
          sceneId: '1',
          failure: null,
          items: [
            {
              item: { ratingKey: world.itemKey(1) },
              decisions: expect.arrayContaining([
                expect.objectContaining({ field: 'title', to: 'New title', reason: 'first' }),
                expect.objectContaining({ field: 'summary', edit: null, reason: 'same' }),
              ]),
            },
          ],
        },
      ],
    });
  });
  expect(requests.filter((request) => request.method !== 'GET')).toEqual([]);
  expect((await world.operations.queue({ states: ['pending'], limit: 9 })).length).toBe(1);
});

test('out of a dry run everything that it left is written', async () => {
  const world = await open({ settings: { dry_run: true } });
  await world.edit(1, { title: 'One' });
  await world.edit(2, { title: 'Two' });
  await settle(world);
  await world.restart({ dry_run: false });
  await settle(world);
  expect([itemAt(world, 1).title, itemAt(world, 2).title]).toEqual(['One', 'Two']);
});
