import { expect, test } from 'vitest';
import { sceneId } from '../../src/core/ids.ts';
import type { CrashStep } from '../../src/engine/crashStep.ts';
import { StoreError } from '../../src/store/storeError.ts';
import { editsAmong, itemAt, requestsDuring, settle, tagIds, worldOfEachTest } from './eachWorld.ts';

const open = worldOfEachTest();
const KILLED = new StoreError({ kind: 'disk-error', message: 'The process was killed.' }, null);
const FILES = 3;
const numbers = Array.from({ length: FILES }, (_, index) => index + 1);

/** How many edits of the undo Plex may have got when the process dies there at its first passing. */
const STEPS: readonly (readonly [step: CrashStep, edits: readonly number[]])[] = [
  ['undo-asked', [0]],
  ['claimed', [0]],
  ['both-sides-read', [0]],
  ['write-intended', [0]],
  // Two go at once, and the process dies at the first answer.
  ['edit-sent', [1, 2]],
  ['edit-read-back', [FILES]],
  ['undo-proved', [FILES]],
];

test.each(STEPS)('a crash at %s neither loses an undo nor repeats it', async (step, edits) => {
  let deadly: CrashStep | null = null;
  const world = await open({
    files: FILES,
    reach: (reached) => {
      if (reached !== deadly) return;
      deadly = null;
      throw KILLED;
    },
  });
  const before = numbers.map((number) => itemAt(world, number));
  for (const number of numbers) {
    await world.edit(number, { title: `From Stash ${number}`, tagIds: tagIds(world, ['Rain', 'Sea']) });
  }
  await settle(world);

  const act = async (): Promise<void> => {
    await world.operations.undo({ selection: { kind: 'since', since: 0 }, isForced: false });
    await settle(world);
  };
  deadly = step;
  const first = await requestsDuring(world, () => expect(act()).rejects.toBe(KILLED));
  expect(edits).toContain(editsAmong(first).length);
  // Whatever Plex has of it: the undo is work that is kept, and what has arrived is not sent again.
  const others = await requestsDuring(world, async () => {
    await world.restart();
    await settle(world);
  });
  const sent = [...editsAmong(first), ...editsAmong(others)];
  expect(sent).toHaveLength(FILES);
  const items = sent.map(({ query }) => query.find(([key]) => key === 'id')?.[1]);
  expect(new Set(items).size).toBe(FILES);
  const status = await world.operations.status();
  expect(status).toMatchObject({ held: FILES, openUndos: 0, queue: { pending: 0, running: 0, dead: 0 } });
  for (const number of numbers) {
    const { title, tags, fields, locks } = before[number - 1] ?? expect.unreachable();
    expect(itemAt(world, number)).toMatchObject({ title, tags, fields, locks });
    const entries = await world.operations.history({ scene: sceneId(String(number)), limit: 9 });
    const undos = entries.filter(({ source, state }) => source === 'undo' && state === 'arrived');
    expect(undos).toHaveLength(1);
    expect(entries.at(-1)?.undone.every(({ by }) => by === undos[0]?.id)).toBe(true);
    expect(entries.every(({ state }) => state !== 'sent')).toBe(true);
  }
});
