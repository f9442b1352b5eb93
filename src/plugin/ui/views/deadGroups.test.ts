import { expect, test } from 'vitest';
import type { FailureClass } from '../../../core/failure.ts';
import { entityId, sceneId } from '../../../core/ids.ts';
import type { Job } from '../../../core/job.ts';
import { type Subject, sceneSubject } from '../../../core/scene.ts';
import { deadGroups } from './deadGroups.ts';

const dead = (subject: Subject, kind: FailureClass): Job => ({
  subject,
  state: 'dead',
  source: 'hook',
  priority: 10,
  enqueuedAt: 0,
  dueAt: 0,
  attempt: 0,
  postponed: 0,
  again: false,
  cursor: null,
  failure: { class: kind, message: `it is ${kind}` },
  stateSince: 5,
});
const scene = (id: number): Subject => sceneSubject(sceneId(String(id)));

test('letters stand by their kind; those that a person can decide come first', () => {
  const groups = deadGroups([
    dead(scene(1), 'rejected'),
    dead(scene(2), 'no-match'),
    dead(scene(3), 'ambiguous'),
    dead(scene(4), 'no-match'),
  ]);
  expect(groups.map(({ title, letters }) => [title, letters.map(({ name }) => name)])).toEqual([
    ['Several items match', ['scene 3']],
    ['Not in Plex', ['scene 2', 'scene 4']],
    ['Refused by Plex or Stash', ['scene 1']],
  ]);
  expect(groups.flatMap(({ letters }) => letters.map(({ more }) => more))).toEqual([
    'choose',
    'nearest',
    'nearest',
    null,
  ]);
});

test('a letter tells reason and advice, without the marks of the command line', () => {
  const [group] = deadGroups([dead(scene(3), 'contested')]);
  expect(group?.letters).toMatchObject([
    { scene: '3', message: 'it is contested', since: 5, more: 'choose' },
  ]);
  expect(group?.letters[0]?.advice).toMatch(/plexsync pin gives the item to this scene\./);
});

test('a tag has no page of a scene, and nothing to choose', () => {
  const [group] = deadGroups([dead({ kind: 'tag', id: entityId('7') }, 'no-match')]);
  expect(group?.letters).toMatchObject([{ name: 'tag 7', scene: null, more: null }]);
});
