import { expect, test } from 'vitest';
import { ratingKey, type SceneId, sceneId, sectionKey } from '../../src/core/ids.ts';
import type { Result } from '../../src/core/result.ts';
import type { PlanPage } from '../../src/engine/operations.ts';
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

test('plans go through a whole library page by page, as the ids of its scenes go', async () => {
  const world = await open({ files: 12 });
  world.stash.library.scenes.delete(5);
  const pages: unknown[] = [];
  let after: SceneId | null = null;
  do {
    const page: Result<PlanPage> = await world.operations.planPage({ after, limit: 4 });
    if (!page.ok) throw new Error(page.failure.message);
    pages.push(page.value.scenes.map((scene) => scene.sceneId));
    after = page.value.last;
  } while (after !== null);
  expect(pages).toEqual([
    ['1', '2', '3', '4'],
    ['6', '7', '8', '9'],
    ['10', '11', '12'],
  ]);
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

test('a dry run asks Plex for no scan, and writes nothing of a comparison of everything', async () => {
  const world = await open({ settings: { dry_run: true, trigger_plex_scan: true } });
  world.stash.library.addScene({ title: 'Lost', files: [{ path: '/data/lost.mp4', size: 5 }] });
  const requests = await requestsDuring(world, async () => {
    await world.operations.reconcile();
    await world.workFor(3_600_000);
    await world.engine.poll();
  });
  expect(requests.filter(({ method, kind }) => method !== 'GET' || kind === 'scans')).toEqual([]);
  expect((await world.operations.status()).reconcile.last?.counts).toMatchObject({ queued: 4 });
});

test('whoever forgets that it is a dry run is stopped on the way to Plex', async () => {
  const world = await open({ settings: { dry_run: true } });
  const { plex } = world.engine;
  const [section] = world.plex.library.sections();
  const key = sectionKey(section?.key ?? '');
  const requests = await requestsDuring(world, async () => {
    const edit = { kind: 'text', field: 'title', value: 'New', lock: true } as const;
    const edited = await plex.edit({
      section: key,
      ratingKey: ratingKey(world.itemKey(1)),
      edits: [edit],
    });
    expect(edited).toMatchObject({ ok: false, failure: { class: 'unexpected' } });
    expect(await plex.scanFolder({ section: key, folder: '/media' })).toMatchObject({ ok: false });
  });
  expect(requests).toEqual([]);
});
