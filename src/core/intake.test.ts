import { describe, expect, test } from 'vitest';
import { entityId, sceneId } from './ids.ts';
import { arriving, type Told } from './intake.ts';
import { noStream } from './priority.ts';
import { entitySubject, sceneSubject, subjectName, wholeLibrary } from './scene.ts';

const told = (id: number, facts: Partial<Told> = {}): Told => ({
  subjects: [sceneSubject(sceneId(String(id)))],
  batch: 1,
  isOfScan: false,
  ...facts,
});

/** `scene 1 +0 alone`: what is queued, when it is due, whether it came by ones. */
const groupsOf = (events: readonly Told[], stream = noStream): readonly string[] =>
  arriving(events, { stream, now: 100_000 }).groups.map(
    ({ triggers, dueAt, burst }) =>
      `${triggers.map(({ subject }) => subjectName(subject)).join(', ')} +${dueAt - 100_000} ${burst > 20 ? 'bulk' : 'alone'}`,
  );

describe('events of Stash', () => {
  test('of single edits are due at once and go first', () => {
    expect(groupsOf([told(1), told(2)])).toEqual(['scene 1, scene 2 +0 alone']);
  });

  test('of a bulk edit are due at once and go behind, though only one of them has come yet', () => {
    expect(groupsOf([told(1, { batch: 5_000 }), told(2)])).toEqual(['scene 2 +0 alone', 'scene 1 +0 bulk']);
  });

  test('of a scan wait until the scene is whole, and go behind', () => {
    expect(groupsOf([told(1, { isOfScan: true })])).toEqual(['scene 1 +5000 bulk']);
  });

  test('that stream in one by one, as from a script, go behind after the first twenty', () => {
    const stream = { size: 18, lastAt: 99_500 };
    expect(groupsOf([told(1), told(2)], stream)).toEqual(['scene 1, scene 2 +0 alone']);
    expect(groupsOf([told(1), told(2), told(3)], stream)).toEqual(['scene 1, scene 2, scene 3 +0 bulk']);
  });

  test('of a bulk and of a scan do not make a single edit among them one of a stream', () => {
    const others = Array.from({ length: 100 }, (_, index) =>
      told(index + 10, index % 2 === 0 ? { batch: 100 } : { isOfScan: true }),
    );
    const { groups, stream } = arriving([...others, told(1)], { stream: noStream, now: 100_000 });
    expect(groups[0]).toMatchObject({ burst: 1, triggers: [{ source: 'hook' }] });
    expect(stream.size).toBe(1);
  });

  test('name their source: scenes, what they carry, or everything', () => {
    const subjects = [sceneSubject(sceneId('1')), entitySubject('tag', entityId('2')), wholeLibrary];
    const { groups } = arriving([told(1, { subjects })], { stream: noStream, now: 0 });
    expect(groups[0]?.triggers.map(({ source }) => source)).toEqual(['hook', 'entity', 'sweep']);
  });

  test('are none when nothing came', () => {
    expect(groupsOf([])).toEqual([]);
    expect(groupsOf([told(1, { subjects: [] })])).toEqual([]);
  });
});
