import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { names, visited } from './testing/visitor.ts';

const first = { type: 1, id: 1 };

/** Removals are encoded twice: the list is split on commas before names are decoded. */
const removal = (...tags: readonly string[]): string => tags.map(encodeURIComponent).join(',');

const sections = [
  {
    title: 'Movies',
    items: [
      { title: 'One', tags: { genre: ['Old', 'Older'] } },
      { title: 'Two', tags: { genre: ['Other'] } },
    ],
  },
] as const;

describe('tags of one item', () => {
  test('are created, in the order of their indices', async () => {
    const { edit, item } = await visited({ sections: [{ title: 'Movies', items: [{ title: 'One' }] }] });
    await edit({
      ...first,
      'genre[10].tag.tag': 'C',
      'genre[2].tag.tag': 'B',
      'genre[0].tag.tag': 'A',
      'genre.locked': 1,
    });
    expect(names((await item('1')).Genre)).toEqual(['A', 'B', 'C']);
  });

  test('have an id and a filter in details', async () => {
    const { item } = await visited({ sections });
    const [tag] = (await item('1')).Genre ?? [];
    expect(tag?.filter).toBe(`genre=${tag?.id}`);
  });

  test.each([
    ['raw', 'genre[0].tag.tag=New'],
    ['encoded', 'genre%5B0%5D.tag.tag=New'],
  ])('are understood with %s brackets', async (_name, parameter) => {
    const { item, send } = await visited({ sections });
    await send('PUT', `/library/sections/1/all?type=1&id=1&genre.locked=1&${parameter}`);
    expect(names((await item('1')).Genre)).toContain('New');
  });

  test('are removed by name, whatever the case', async () => {
    const { edit, item } = await visited({ sections });
    await edit({ ...first, 'genre[].tag.tag-': 'OLD', 'genre.locked': 1 });
    expect(names((await item('1')).Genre)).toEqual(['Older']);
  });

  test('any name survives adding and is found again for removal', async () => {
    const { edit, simulator } = await visited({ sections: [{ title: 'Movies', items: [{ title: 'One' }] }] });
    const name = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => text.trim() === text);
    await fc.assert(
      fc.asyncProperty(name, async (text) => {
        await edit({ ...first, 'genre[0].tag.tag': text, 'genre.locked': 1 });
        expect(simulator.library.read('1')?.tags.genre).toHaveLength(1);
        await edit({ ...first, 'genre[].tag.tag-': removal(text), 'genre.locked': 1 });
        expect(simulator.library.read('1')?.tags.genre).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });

  test('a comma that is encoded once parts two names', async () => {
    const { edit, simulator } = await visited({
      sections: [
        { title: 'Movies', items: [{ title: 'One', tags: { genre: ['Old, Older', 'Old', 'Older'] } }] },
      ],
    });
    await edit({ ...first, 'genre[].tag.tag-': 'Old,Older', 'genre.locked': 1 });
    expect(simulator.library.read('1')?.tags.genre).toEqual(['Old, Older']);
  });

  test('of a repeated removal key the last one counts', async () => {
    const { send, simulator } = await visited({ sections });
    await send(
      'PUT',
      '/library/sections/1/all?type=1&id=1&genre.locked=1&genre[].tag.tag-=Old&genre[].tag.tag-=Older',
    );
    expect(simulator.library.read('1')?.tags.genre).toEqual(['Old']);
  });

  test('a tag both sent and removed ends up present', async () => {
    const { edit, simulator } = await visited({ sections });
    await edit({ ...first, 'genre[0].tag.tag': 'Old', 'genre[].tag.tag-': 'Old,Older', 'genre.locked': 1 });
    expect(simulator.library.read('1')?.tags.genre).toEqual(['Old']);
  });

  test('a whole list beside the removal of the rest comes out the same however tags are written', async () => {
    const wanted = ['Older', 'New'];
    for (const tagWrite of ['append', 'replace'] as const) {
      const { edit, simulator } = await visited({ sections, switches: { tagWrite } });
      await edit({
        ...first,
        'genre[0].tag.tag': 'Older',
        'genre[1].tag.tag': 'New',
        'genre[].tag.tag-': 'Old',
        'genre.locked': 1,
      });
      expect(simulator.library.read('1')?.tags.genre).toEqual(wanted);
    }
  });

  test('a name held elsewhere in another case is taken in that spelling', async () => {
    const { edit, item } = await visited({ sections });
    await edit({ ...first, 'genre[0].tag.tag': 'oTHER', 'genre.locked': 1 });
    expect(names((await item('1')).Genre)).toContain('Other');
  });

  test('labels get a capital, and show only in details', async () => {
    const { clock, edit, get, item } = await visited({ sections });
    await edit({ ...first, 'label[0].tag.tag': 'from stash', 'label.locked': 1 });
    clock.advance(1500);
    expect(names((await item('1')).Label)).toEqual(['From stash']);
    expect((await get('/library/sections/1/all?type=1')).Metadata?.[0]).not.toHaveProperty('Label');
  });
});

test('several ids in one request are appended to, even where one is replaced', async () => {
  const { edit, simulator } = await visited({ sections, switches: { tagWrite: 'replace' } });
  const [one = '', two = ''] = simulator.library.ratingKeys({ sectionKey: '1' });
  await edit({ type: 1, id: `${one},${two}`, 'genre[0].tag.tag': 'Both', 'genre.locked': 1 });
  expect([one, two].map((key) => simulator.library.read(key)?.tags.genre)).toEqual([
    ['Old', 'Older', 'Both'],
    ['Other', 'Both'],
  ]);
});

describe('actors', () => {
  const cast = {
    'actor[0].tag.tag': 'Ada',
    'actor[0].tagging.text': 'Lead é',
    'actor[0].tag.thumb': 'https://example.com/ada.jpg',
    'actor[1].tag.tag': 'Bo',
    'actor.locked': 1,
  };

  test('have a role each, and are Role in details', async () => {
    const { edit, item } = await visited({ sections });
    await edit({ ...first, ...cast });
    expect((await item('1')).Role).toMatchObject([
      { tag: 'Ada', role: 'Lead é', thumb: 'https://example.com/ada.jpg' },
      { tag: 'Bo' },
    ]);
    expect((await item('1')).Field).toEqual([{ locked: true, name: 'actor' }]);
  });

  test('a photo belongs to the person, so every item shows it', async () => {
    const { edit, simulator } = await visited({ sections });
    const [one = '', two = ''] = simulator.library.ratingKeys({ sectionKey: '1' });
    await edit({ type: 1, id: one, 'actor[0].tag.tag': 'Ada', 'actor.locked': 1 });
    await edit({ ...cast, type: 1, id: two });
    expect(simulator.library.read(one)?.actors).toEqual([
      { name: 'Ada', role: '', thumb: 'https://example.com/ada.jpg' },
    ]);
  });

  test('are not genres of the same name', async () => {
    const { edit, simulator } = await visited({ sections });
    await edit({ ...first, 'actor[0].tag.tag': 'Old', 'actor.locked': 1 });
    await edit({ ...first, 'actor[].tag.tag-': 'Old', 'actor.locked': 1 });
    expect(simulator.library.read('1')?.tags).toMatchObject({ actor: [], genre: ['Old', 'Older'] });
  });
});
