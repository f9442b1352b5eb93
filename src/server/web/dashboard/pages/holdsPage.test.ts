import { expect, test } from 'vitest';
import { fakeOperations } from '../../../../../test/fakes/fakeOperations.ts';
import { sceneId } from '../../../../core/ids.ts';
import { localVisitor } from '../testing/visitor.ts';

const hold = {
  sceneId: sceneId('42'),
  at: 0,
  by: 'person',
  reason: 'Wrong <cut>',
  passedOverAt: null,
} as const;

test('held scenes are listed with why, and released one by one', async () => {
  const operations = fakeOperations({ holds: () => Promise.resolve({ count: 3, holds: [hold] }) });
  const { ask } = localVisitor(operations);
  const { text } = await ask('/holds?limit=1');
  expect(text).toContain('Wrong &lt;cut&gt;');
  expect(text).toContain('a person');
  expect(text).toContain('… and 2 more. <a href="/holds?limit=5">');
  expect(await ask('/holds/release', { form: { scene: '42' } })).toMatchObject({ status: 303, to: '/holds' });
  expect(operations.calls).toContainEqual(['release', { kind: 'scenes', scenes: ['42'] }]);
});

test('all at once only after a second word', async () => {
  const operations = fakeOperations({ holds: () => Promise.resolve({ count: 3, holds: [hold] }) });
  const { ask } = localVisitor(operations);
  expect((await ask('/holds/release')).text).toContain('3 scenes would be looked at at once');
  expect(operations.calls.some(([name]) => name === 'release')).toBe(false);
  await ask('/holds/release', { form: { all: 'yes' } });
  expect(operations.calls).toContainEqual(['release', { kind: 'all' }]);
});

test('a scene that is no number releases nothing', async () => {
  const operations = fakeOperations();
  const { ask } = localVisitor(operations);
  expect((await ask('/holds/release', { form: { scene: 'all' } })).status).toBe(422);
  expect((await ask('/holds/release', { form: {} })).status).toBe(422);
  expect(operations.calls.some(([name]) => name === 'release')).toBe(false);
});

test('where none is held, it says how one is', async () => {
  expect((await localVisitor().ask('/holds')).text).toContain('No scene is held.');
});
