import { describe, expect, test } from 'vitest';
import { sectionKey } from '../core/ids.ts';
import { type Answer, clientOf, json, rawItem, servePlex } from './testing/miniPlex.ts';

describe('a page of a library', () => {
  const request = { section: sectionKey('2'), start: 500, size: 500 };

  test('is asked for by headers, in an order that edits do not change', async () => {
    const plex = await servePlex(() =>
      json({ totalSize: 1_200, offset: 500, size: 1, Metadata: [rawItem('7')] }),
    );
    const page = await clientOf(plex.url).sectionPage(request);
    expect(page).toMatchObject({
      ok: true,
      value: { items: [{ ratingKey: '7' }], received: 1, unreadable: [], totalSize: 1_200 },
    });
    expect(plex.paths()).toEqual(['GET /library/sections/2/all?type=1&sort=addedAt']);
    expect(plex.asked[0]?.headers).toMatchObject({
      'x-plex-container-start': '500',
      'x-plex-container-size': '500',
    });
  });

  test('may be of what changed or came since a time', async () => {
    const plex = await servePlex(() => json({ size: 0, totalSize: 0 }));
    const client = clientOf(plex.url);
    await client.sectionPage({ ...request, since: { field: 'updatedAt', time: 1_700_000_000 } });
    await client.sectionPage({ ...request, since: { field: 'addedAt', time: 5 } });
    expect(plex.paths()).toEqual([
      'GET /library/sections/2/all?type=1&sort=addedAt&updatedAt%3E%3E=1700000000',
      'GET /library/sections/2/all?type=1&sort=addedAt&addedAt%3E%3E=5',
    ]);
  });

  test.each<[string, Answer, number]>([
    ['the header', { ...json({ size: 0 }), headers: { 'x-plex-container-total-size': '1200' } }, 1_200],
    ['a text', json({ totalSize: '1200' }), 1_200],
    ['what came, when nothing tells', json({ Metadata: [rawItem('1')] }), 501],
  ])('takes the total from %s', async (_what, answer, totalSize) => {
    const plex = await servePlex(() => answer);
    expect(await clientOf(plex.url).sectionPage(request)).toMatchObject({ value: { totalSize } });
  });

  test('leaves out what makes no sense, and says so', async () => {
    const plex = await servePlex(() =>
      json({ Metadata: [rawItem('1'), { title: 'x' }, null, rawItem('2')], totalSize: 4 }),
    );
    const page = await clientOf(plex.url).sectionPage(request);
    expect(page).toMatchObject({ ok: true, value: { received: 4 } });
    expect(page.ok && page.value.items.map((item) => item.ratingKey)).toEqual(['1', '2']);
    expect(page.ok && page.value.unreadable).toEqual([
      expect.stringContaining('entry 501: ratingKey'),
      expect.stringContaining('entry 502'),
    ]);
  });

  test('that is no list is refused', async () => {
    const plex = await servePlex(() => json({ Metadata: 'none' }));
    expect(await clientOf(plex.url).sectionPage(request)).toMatchObject({ failure: { class: 'rejected' } });
  });
});
