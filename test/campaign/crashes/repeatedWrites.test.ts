import { expect, test } from 'vitest';
import type { LoggedRequest } from '../../../simulator/plex/requestLog.ts';
import { RepeatedWrites } from './repeatedWrites.ts';

const ITEMS = '/library/sections/1/all';

const request = (given: Partial<LoggedRequest>): LoggedRequest => ({
  method: 'PUT',
  path: ITEMS,
  query: [],
  headers: {},
  kind: 'edits',
  urlLength: 0,
  bodyHash: null,
  at: 0,
  fault: null,
  status: 200,
  ...given,
});

const titled = (id: string, title: string): LoggedRequest =>
  request({
    query: [
      ['id', id],
      ['title.value', title],
    ],
  });

test('the same edit of an item twice in a row is told, also from one look to the next', () => {
  const writes = new RepeatedWrites();
  expect(writes.among([titled('1', 'One'), titled('2', 'One'), titled('1', 'One')])).toEqual([
    `PUT ${ITEMS}?id=1&title.value=One`,
  ]);
  expect(writes.among([titled('2', 'One')])).toHaveLength(1);
});

test('what was otherwise in between, and what only asks, is no repetition', () => {
  const asked = request({ method: 'GET' });
  const edits = [titled('1', 'One'), titled('1', 'Two'), titled('1', 'One'), asked, asked];
  expect(new RepeatedWrites().among(edits)).toEqual([]);
});

test('an image that goes to an item again is told, whatever came in between', () => {
  const image = (bodyHash: string) =>
    request({ method: 'POST', path: '/library/metadata/1/posters', kind: 'images', bodyHash });
  expect(new RepeatedWrites().among([image('a'), image('b'), image('a')])).toHaveLength(1);
  expect(new RepeatedWrites().among([image('a'), image('b')])).toEqual([]);
});
