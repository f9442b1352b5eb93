import { describe, expect, test } from 'vitest';
import { sceneId } from '../../src/core/ids.ts';
import type { JournalEntry } from '../../src/core/journalEntry.ts';
import type { UndoSelection } from '../../src/engine/undoOperations.ts';
import type { World } from '../world/world.ts';
import {
  editsAmong,
  itemAt,
  PLEX_SIDES,
  performerIds,
  requestsDuring,
  settle,
  studioId,
  tagIds,
  worldOfEachTest,
} from './eachWorld.ts';

const open = worldOfEachTest();
const scene = (number: number) => sceneId(String(number));

/** Asked for and done. */
async function undo(world: World, selection: UndoSelection, isForced = false): Promise<void> {
  const asked = await world.operations.undo({ selection, isForced });
  expect(asked).toMatchObject({ ok: true });
  await settle(world);
}

const undoScene = (world: World, number: number, isForced = false): Promise<void> =>
  undo(world, { kind: 'scene', scene: scene(number) }, isForced);

const historyOf = (world: World, number: number): Promise<readonly JournalEntry[]> =>
  world.operations.history({ scene: scene(number), limit: 100 });

async function lastWrite(world: World, number: number): Promise<number> {
  const [entry] = await historyOf(world, number);
  return entry?.id ?? expect.unreachable('nothing was written');
}

/** What a person sees of an item; the order of names aside, which Plex may make its own. */
function shownAt(world: World, number: number) {
  const { title, fields, tags, actors, locks } = itemAt(world, number);
  return {
    title,
    studio: fields.studio ?? '',
    summary: fields.summary ?? '',
    date: fields.originallyAvailableAt ?? '',
    genres: tags.genre.toSorted(),
    actors: actors.toSorted((one, other) => one.name.localeCompare(other.name)),
    locks: locks.toSorted(),
  };
}

const edited = (world: World) => ({
  title: 'From Stash',
  details: 'Details from Stash.',
  date: '2020-02-03',
  studioId: studioId(world, 'Stash Studio'),
  tagIds: tagIds(world, ['Rain', 'Sea']),
  performerIds: performerIds(world, ['Ann', 'Bea']),
});

describe.each(PLEX_SIDES)('in a Plex $name', ({ plex }) => {
  test('an undo gives back every value and lock of a first write', async () => {
    const world = await open({ plex });
    world.plex.library.editAsPerson(world.itemKey(1), {
      fields: { studio: 'Person Studio', summary: 'By a person.' },
      tags: { genre: ['Rain', 'Theirs'] },
      actors: [{ name: 'Cleo', role: 'Herself' }],
      unlock: ['studio', 'genre'],
    });
    const before = shownAt(world, 1);
    await world.edit(1, edited(world));
    await settle(world);
    expect(shownAt(world, 1)).toMatchObject({ title: 'From Stash', studio: 'Stash Studio' });
    await undoScene(world, 1);
    expect(shownAt(world, 1)).toEqual(before);
  });

  test('what others did since stays, and all else goes back', async () => {
    const world = await open({ plex });
    await world.edit(1, edited(world));
    await settle(world);
    await world.edit(1, { title: 'Second', details: 'Second.', tagIds: tagIds(world, ['Sea', 'Snow']) });
    await settle(world);
    world.plex.library.editAsPerson(world.itemKey(1), {
      fields: { summary: 'By a person since.' },
      tags: { genre: ['Sea', 'Snow', 'Theirs'] },
    });
    await undo(world, { kind: 'writes', writes: [await lastWrite(world, 1)] });
    expect(shownAt(world, 1)).toMatchObject({
      title: 'From Stash',
      summary: 'By a person since.',
      genres: ['Rain', 'Sea', 'Theirs'],
    });
    const report = await world.operations.undoReport({ since: 0, limit: 9 });
    expect(report).toMatchObject({ open: 0, done: 1, left: 1 });
    expect(report.notes).toMatchObject([{ words: 'summary: changed since, so it stays' }]);
  });

  test('an undo can be undone', async () => {
    const world = await open({ plex });
    await world.edit(1, edited(world));
    await settle(world);
    const written = shownAt(world, 1);
    await undoScene(world, 1);
    expect(shownAt(world, 1)).not.toEqual(written);
    await undo(world, { kind: 'writes', writes: [await lastWrite(world, 1)] });
    expect(shownAt(world, 1)).toEqual(written);
    // The first write holds again, so that it can be undone once more.
    expect((await historyOf(world, 1)).map(({ undone }) => undone.length > 0)).toEqual([false, true, false]);
    await undoScene(world, 1);
    expect(shownAt(world, 1).genres).toEqual([]);
  });
});

test('--force puts back what was changed since, too', async () => {
  const world = await open();
  await world.edit(1, { title: 'From Stash' });
  await settle(world);
  const { title } = itemAt(world, 2);
  const before = itemAt(world, 1).title;
  expect(before).not.toBe(title);
  world.plex.library.editAsPerson(world.itemKey(1), { fields: { title: 'By a person' } });
  await undoScene(world, 1);
  expect(itemAt(world, 1).title).toBe('By a person');
  await undoScene(world, 1, true);
  expect(shownAt(world, 1)).toMatchObject({ locks: expect.not.arrayContaining(['title']) });
  expect(itemAt(world, 1).title).not.toBe('By a person');
});

test('an undo is in the journal, with what it undid, for what reason and at whose wish', async () => {
  const world = await open();
  await world.edit(1, { title: 'From Stash' }, 'poll');
  await settle(world);
  await undoScene(world, 1);
  const [undone, written] = await historyOf(world, 1);
  expect(undone).toMatchObject({ source: 'undo', state: 'arrived', undone: [] });
  expect(undone?.changes.every(({ reason }) => reason === 'undone')).toBe(true);
  expect(undone?.changes.find(({ field }) => field === 'title')).toMatchObject({
    before: 'From Stash',
    wasLocked: true,
    wasLockOurs: true,
    isLocked: false,
  });
  expect(written).toMatchObject({
    source: 'poll',
    undone: expect.arrayContaining([{ field: 'title', by: undone?.id }]),
  });
});

test('an undone scene is held until it is released, and then Stash’s values come back', async () => {
  const world = await open({ files: 1 });
  await world.edit(1, { title: 'First', tagIds: tagIds(world, ['Rain']) });
  await settle(world);
  await undoScene(world, 1);
  const undone = shownAt(world, 1);
  const requests = await requestsDuring(world, async () => {
    await world.edit(1, { title: 'Second' });
    await settle(world);
    await world.operations.reconcile();
    await settle(world);
  });
  expect(editsAmong(requests)).toEqual([]);
  expect(shownAt(world, 1)).toEqual(undone);
  expect((await world.operations.status()).reconcile.last?.counts).toMatchObject({ held: 1 });
  expect(await world.operations.holds({ limit: 9 })).toMatchObject({
    count: 1,
    holds: [{ sceneId: '1', by: 'undo', passedOverAt: expect.any(Number) }],
  });
  expect(await world.operations.plan([scene(1)])).toMatchObject({ value: [{ held: { by: 'undo' } }] });
  expect(await world.operations.release({ kind: 'scenes', scenes: [scene(1), scene(2)] })).toEqual({
    released: [scene(1)],
  });
  await settle(world);
  expect(shownAt(world, 1)).toMatchObject({ title: 'Second', genres: ['Rain'] });
});

test('after an undo and a release the next merge knows whose value is whose', async () => {
  const world = await open({ settings: { preserve_plex_edits: true } });
  world.plex.library.editAsPerson(world.itemKey(1), { tags: { genre: ['Theirs'] }, unlock: ['genre'] });
  await world.edit(1, { title: 'First', tagIds: tagIds(world, ['Rain']) });
  await settle(world);
  await undoScene(world, 1);
  await world.operations.release({ kind: 'all' });
  await settle(world);
  expect(shownAt(world, 1)).toMatchObject({ title: 'First', genres: ['Rain', 'Theirs'] });
  await world.edit(1, { tagIds: [] });
  await settle(world);
  expect(shownAt(world, 1).genres).toEqual(['Theirs']);
});

test('--since undoes all writes from then on, and none before', async () => {
  const world = await open({ files: 4 });
  await world.edit(1, { title: 'Early 1' });
  await settle(world);
  world.clock.advance(3_600_000);
  const since = world.clock.now();
  for (const number of [1, 2, 3]) await world.edit(number, { title: `Late ${number}` });
  await settle(world);
  const plan = await world.operations.planUndo({
    selection: { kind: 'since', since },
    isForced: false,
    limit: 2,
  });
  expect(plan).toMatchObject({ value: { writes: 3, scenes: 3 } });
  expect(plan.ok && new Set(plan.value.shown.map(({ sceneId: id }) => id)).size).toBe(2);
  await undo(world, { kind: 'since', since });
  expect([1, 2, 3].map((number) => itemAt(world, number).title.startsWith('Late'))).toEqual([
    false,
    false,
    false,
  ]);
  expect(itemAt(world, 1).title).toBe('Early 1');
  expect(
    await world.operations.planUndo({ selection: { kind: 'since', since }, isForced: false, limit: 1 }),
  ).toMatchObject({
    value: { writes: 0 },
  });
});

test('a plan of an undo shows each field, and writes and stores nothing', async () => {
  const world = await open();
  await world.edit(1, { title: 'First', details: 'One.' });
  await settle(world);
  world.plex.library.editAsPerson(world.itemKey(1), { fields: { summary: 'By a person.' } });
  const selection = { kind: 'scene', scene: scene(1) } as const;
  const requests = await requestsDuring(world, async () => {
    const plan = await world.operations.planUndo({ selection, isForced: false, limit: 5 });
    expect(plan).toMatchObject({
      value: {
        shown: [
          {
            failure: null,
            fields: expect.arrayContaining([
              expect.objectContaining({
                outcome: 'back',
                change: expect.objectContaining({ field: 'title' }),
              }),
              expect.objectContaining({
                outcome: 'left',
                change: expect.objectContaining({ field: 'summary' }),
              }),
            ]),
          },
        ],
      },
    });
  });
  expect(editsAmong(requests)).toEqual([]);
  expect((await world.operations.status()).held).toBe(0);
});

test('an item that is not the scene’s any more is never written', async () => {
  const world = await open();
  await world.edit(1, { title: 'First' });
  await settle(world);
  const { library } = world.stash;
  const [file] = world.scene(1).fileIds;
  library.editScene(world.scene(1), { fileIds: [] });
  const other = library.addScene({ title: 'Another scene', fileIds: file === undefined ? [] : [file] });
  await world.trigger(1);
  await world.trigger(other.id);
  await settle(world);
  expect(itemAt(world, 1).title).toBe('Another scene');
  await undoScene(world, 1);
  expect(itemAt(world, 1).title).toBe('Another scene');
  expect(await world.operations.undoReport({ since: 0, limit: 9 })).toMatchObject({ open: 0, left: 1 });
});

test('a scene that Stash does not have any more keeps what Plex shows, and the undo says so', async () => {
  const world = await open();
  await world.edit(1, { title: 'First' });
  await settle(world);
  world.stash.library.scenes.delete(1);
  await undoScene(world, 1);
  expect(itemAt(world, 1).title).toBe('First');
  expect(await world.operations.undoReport({ since: 0, limit: 9 })).toMatchObject({
    open: 0,
    notes: [{ words: 'Stash does not have the scene any more' }],
  });
});

test('what Plex refuses again and again is a dead letter, and the undo stays open for another try', async () => {
  const world = await open();
  await world.edit(1, { title: 'First' });
  await settle(world);
  world.plex.faults.add({ fault: 'status', argument: 400, method: 'PUT', count: Number.POSITIVE_INFINITY });
  await world.operations.undo({ selection: { kind: 'scene', scene: scene(1) }, isForced: false });
  await world.workFor(3_600_000);
  expect(await world.operations.status()).toMatchObject({ openUndos: 1, queue: { dead: 1 } });
  expect((await historyOf(world, 1)).filter(({ source }) => source === 'undo')[0]).toMatchObject({
    state: 'given-up',
  });
  world.plex.faults.clear();
  await world.operations.retry({ kind: 'all' });
  await settle(world);
  expect(await world.operations.status()).toMatchObject({ openUndos: 0, queue: { dead: 0 } });
  expect(itemAt(world, 1).title).not.toBe('First');
});

test('is refused in a dry run, while PlexSync is off, and for a write that nobody knows', async () => {
  const selection = { kind: 'writes', writes: [99] } as const;
  const world = await open();
  expect(await world.operations.undo({ selection, isForced: false })).toMatchObject({
    failure: { message: 'The journal has no write w99.' },
  });
  await world.restart({ dry_run: true });
  expect(await world.operations.undo({ selection, isForced: false })).toMatchObject({
    failure: { message: 'dry_run is true: nothing was undone.' },
  });
  await world.restart({ enabled: false });
  expect(await world.operations.undo({ selection, isForced: false })).toMatchObject({ ok: false });
});

test('an undo in bulk goes batch by batch, behind an edit that comes meanwhile', async () => {
  const files = 130;
  const world = await open({ files });
  await world.operations.sync({ kind: 'all' });
  await settle(world);
  const asked = await world.operations.undo({ selection: { kind: 'since', since: 0 }, isForced: false });
  expect(asked).toMatchObject({ value: { writes: files, scenes: files } });
  const batch = await requestsDuring(world, () => world.engine.worker.tick());
  expect(editsAmong(batch)).toHaveLength(50);
  expect(await world.operations.undoReport({ since: 0, limit: 1 })).toMatchObject({
    open: files - 50,
    done: 50,
  });
  const other = world.stash.library.addScene({ title: 'Meanwhile' });
  await world.trigger(other.id);
  await world.engine.worker.tick();
  // It has no file, so that it is a dead letter at once.
  expect((await world.operations.status()).queue.dead).toBe(1);
  await settle(world);
  expect(await world.operations.undoReport({ since: 0, limit: 1 })).toMatchObject({ open: 0, done: files });
  expect(world.samples.every((_, index) => itemAt(world, index + 1).locks.length === 0)).toBe(true);
});

test('an edit that Plex has not shown yet is waited for, then undone', async () => {
  const world = await open({ files: 1, plex: { tagsVisible: 'all-late' } });
  await world.edit(1, { title: 'First', tagIds: tagIds(world, ['Rain']) });
  await world.engine.worker.tick();
  await undoScene(world, 1);
  expect(itemAt(world, 1).tags.genre).toEqual([]);
  expect(await world.operations.status()).toMatchObject({ openUndos: 0, queue: { pending: 0, dead: 0 } });
});

test('an undo that was asked for before a dry run is done after it', async () => {
  const world = await open({ files: 1 });
  await world.edit(1, { title: 'First' });
  await settle(world);
  await world.operations.undo({ selection: { kind: 'scene', scene: scene(1) }, isForced: false });
  await world.restart({ dry_run: true });
  await settle(world);
  expect(itemAt(world, 1).title).toBe('First');
  await world.restart({ dry_run: false });
  await settle(world);
  expect(itemAt(world, 1).title).not.toBe('First');
});
