import { expect, test } from 'vitest';
import { pictures as bytesOf } from '../../../../test/world/pictures.ts';
import { ratingKey, sceneId, sectionUuid } from '../../../core/ids.ts';
import { fail, succeed } from '../../../core/result.ts';
import type { Pictures } from '../../../engine/pictures.ts';
import { coverPath, posterPath } from './pictures.ts';
import { ON_THIS_MACHINE, PASSWORD, visitor } from './testing/visitor.ts';

const item = { section: sectionUuid('com.plex/a b?'), ratingKey: ratingKey('107') };
const local = (pictures: Partial<Pictures>) => visitor({ access: ON_THIS_MACHINE, pictures });

test('a poster is answered with the type of its bytes, for a few minutes, to this browser alone', async () => {
  const asked: unknown[] = [];
  const { ask } = local({
    ofItem: (key) => {
      asked.push(key);
      return Promise.resolve(succeed({ bytes: bytesOf.jpeg, type: 'image/jpeg' }));
    },
  });
  const answer = await ask(posterPath(item));
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('image/jpeg');
  expect(answer.headers.get('cache-control')).toBe('private, max-age=300');
  expect(asked).toEqual([item]);
});

test('what is not there is not found, and what is away is not told of', async () => {
  const failure = { class: 'unreachable', peer: 'plex', message: 'http://plex:32400 is away' } as const;
  const { ask } = local({ ofItem: () => Promise.resolve(fail(failure)) });
  const { status, text } = await ask(posterPath(item));
  expect(status).toBe(503);
  expect(text).toMatch(/^<svg [^>]*\/>$/);
  expect((await ask(coverPath(sceneId('42')))).status).toBe(404);
});

test.each([
  '/images/item/u/abc',
  '/images/item/u/1/2',
  '/images/scene/0',
  '/images/scene/x',
  '/images/scene/1%2F..',
])('nobody is asked for %s', async (path) => {
  const refuse = () => expect.unreachable();
  expect((await local({ ofItem: refuse, ofScene: refuse }).ask(path)).status).toBe(404);
});

test('pictures are for those who are signed in', async () => {
  const { ask, signIn } = visitor();
  const headers = { accept: 'image/*' };
  expect((await ask(posterPath(item), { headers })).status).toBe(401);
  await signIn(PASSWORD);
  expect((await ask(posterPath(item), { headers })).status).toBe(404);
});
