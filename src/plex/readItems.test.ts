import { describe, expect, test } from 'vitest';
import { ratingKey } from '../core/ids.ts';
import { type Answer, clientOf, json, keys, NOT_FOUND, rawItem, servePlex } from './testing/miniPlex.ts';

describe('items in detail', () => {
  test('are asked for fifty at a time, each once, without waking Plex’s refresh', async () => {
    const plex = await servePlex((path) => json({ Metadata: idsIn(path).map(rawItem) }));
    const wanted = keys(...Array.from({ length: 120 }, (_, index) => index + 1), 1);
    const read = await clientOf(plex.url).items(wanted);
    expect(read.ok && [...read.value.keys()]).toEqual(wanted.slice(0, 120));
    expect(plex.paths()).toHaveLength(3);
    expect(plex.paths()[2]).toBe(`GET /library/metadata/${wanted.slice(100, 120).join(',')}?skipRefresh=1`);
  });

  test('an item that is gone is null, whether Plex leaves it out…', async () => {
    const plex = await servePlex((path) =>
      json({
        Metadata: idsIn(path)
          .filter((id) => id !== '2')
          .map(rawItem),
      }),
    );
    const read = await clientOf(plex.url).items(keys(1, 2, 3));
    expect(read.ok && [...read.value]).toMatchObject([
      ['1', { title: 'Item 1' }],
      ['2', null],
      ['3', {}],
    ]);
  });

  test('…or refuses all for its sake', async () => {
    const plex = await servePlex((path) =>
      idsIn(path).includes('2')
        ? { status: 404, body: NOT_FOUND }
        : json({ Metadata: idsIn(path).map(rawItem) }),
    );
    const read = await clientOf(plex.url).items(keys(1, 2, 3));
    expect(read.ok && [...read.value]).toMatchObject([
      ['1', { title: 'Item 1' }],
      ['2', null],
      ['3', {}],
    ]);
  });

  test.each<[string, Answer]>([
    ['a crash', { status: 500, body: '<html><h1>500 Internal Server Error</h1></html>' }],
    ['a web page', { body: '<html>' }],
    ['nothing', { body: '' }],
    ['half a JSON', { body: '{"MediaContainer":' }],
    ['JSON of another make', { body: { error: 1 } }],
    ['a list of another shape', json({ Metadata: { ratingKey: 2 } })],
    ['a redirect', { status: 302, headers: { location: 'https://elsewhere/' } }],
  ])('an item that brings %s fails alone', async (_what, bad) => {
    const plex = await servePlex((path) =>
      idsIn(path).includes('7') ? bad : json({ Metadata: idsIn(path).map(rawItem) }),
    );
    const read = await clientOf(plex.url).items(keys(...Array.from({ length: 20 }, (_, index) => index + 1)));
    const failed = read.ok ? [...read.value].filter(([, item]) => item !== null && 'class' in item) : [];
    expect(failed).toMatchObject([['7', { class: 'rejected', peer: 'plex' }]]);
    expect(plex.paths().filter((path) => path === 'GET /identity')).toHaveLength(1);
  });

  test('an item that makes no sense fails alone', async () => {
    const plex = await servePlex(() =>
      json({ Metadata: [rawItem('1'), { ...rawItem('2'), Genre: 'none' }] }),
    );
    const read = await clientOf(plex.url).items(keys(1, 2));
    expect(read.ok && [...read.value]).toMatchObject([
      ['1', { title: 'Item 1' }],
      ['2', { class: 'rejected', message: expect.stringContaining('Genre: Invalid type') }],
    ]);
  });

  test('an item that comes without its id fails alone, and is not taken for gone', async () => {
    const plex = await servePlex((path) =>
      json({ Metadata: idsIn(path).map((id) => (id === '2' ? { title: 'who am I' } : rawItem(id))) }),
    );
    const read = await clientOf(plex.url).items(keys(1, 2));
    expect(read.ok && [...read.value]).toMatchObject([
      ['1', { title: 'Item 1' }],
      ['2', { class: 'rejected' }],
    ]);
  });

  test('none asks nothing', async () => {
    expect(await clientOf('http://127.0.0.1:9').items([])).toEqual({ ok: true, value: new Map() });
  });

  test('what is no id cannot be asked for', async () => {
    await expect(clientOf('http://127.0.0.1:9').items([ratingKey('1/../2')])).rejects.toThrow(
      'no id of an item',
    );
  });

  const idsIn = (path: string): string[] => /metadata\/([\d,]+)/.exec(path)?.[1]?.split(',') ?? [];
});
