import { describe, expect, test } from 'vitest';
import type { ItemInput } from './itemInput.ts';
import { generatedItems } from './testing/generatedItems.ts';
import { names, visited } from './testing/visitor.ts';

const ALL = '/library/sections/1/all';

describe('pages', () => {
  test.each(['header', 'query'] as const)('are asked for by %s', async (by) => {
    const { send } = await visited();
    const paging = { 'X-Plex-Container-Start': '8', 'X-Plex-Container-Size': '5' };
    const response = await send(
      'GET',
      `${ALL}?type=1${by === 'query' ? `&${new URLSearchParams(paging).toString()}` : ''}`,
      {
        headers: { accept: 'application/json', ...(by === 'header' ? paging : {}) },
      },
    );
    expect(response.headers.get('x-plex-container-start')).toBe('8');
    expect(response.headers.get('x-plex-container-total-size')).toBe('10');
    expect(await response.json()).toMatchObject({ MediaContainer: { size: 2, offset: 8, totalSize: 10 } });
  });

  test('of size 0 tell only the total', async () => {
    const { get } = await visited();
    const page = await get(`${ALL}?type=1&X-Plex-Container-Start=0&X-Plex-Container-Size=0`);
    expect(page).toMatchObject({ size: 0, totalSize: 10 });
    expect(page).not.toHaveProperty('Metadata');
  });

  test('shift when a title changes meanwhile, so that one item shows twice', async () => {
    const { edit, get } = await visited();
    const page = async (start: number) => {
      const { Metadata } = await get(`${ALL}?type=1&X-Plex-Container-Start=${start}&X-Plex-Container-Size=5`);
      return Metadata?.map((item) => item.ratingKey) ?? [];
    };
    const before = await page(0);
    await edit({ type: 1, id: 25, 'title.value': 'A first one', 'title.locked': 1 });
    expect(await page(5)).toContain(before.at(-1));
  });
});

describe('an item in a list', () => {
  const movie: ItemInput = {
    title: 'Full',
    files: [{ path: '/data/Full.mp4', size: 5 }],
    tags: { genre: ['A', 'B', 'C'], director: ['D', 'E', 'F'], label: ['L'] },
    actors: ['W', 'X', 'Y', 'Z'].map((name) => ({ name, role: 'R' })),
    locks: ['title'],
    otherGuids: ['tmdb://1'],
  };

  test('has two genres and three roles by name alone, no labels, locks or other guids', async () => {
    const { get } = await visited({ sections: [{ title: 'Movies', items: [movie] }] });
    const [item] = (await get(`${ALL}?type=1`)).Metadata ?? [];
    expect(item).toMatchObject({
      Genre: [{ tag: 'A' }, { tag: 'B' }],
      Director: [{ tag: 'D' }, { tag: 'E' }],
      Role: [{ tag: 'W' }, { tag: 'X' }, { tag: 'Y' }],
    });
    expect(Object.keys(item?.Role?.[0] ?? {})).toEqual(['tag']);
    for (const name of ['Label', 'Field', 'Guid']) expect(item).not.toHaveProperty(name);
  });

  test('has its other guids when asked for', async () => {
    const { get } = await visited({ sections: [{ title: 'Movies', items: [movie] }] });
    const [item] = (await get(`${ALL}?type=1&includeGuids=1`)).Metadata ?? [];
    expect(item?.Guid).toEqual([{ id: 'tmdb://1' }]);
  });

  test('tells whether files exist only in details, and only when asked', async () => {
    const { get, simulator } = await visited({ sections: [{ title: 'Movies', items: [movie] }] });
    simulator.library.removeFile('/data/Full.mp4');
    const existing = async (path: string) => (await get(path)).Metadata?.[0]?.Media?.[0]?.Part[0]?.exists;
    expect(await existing(`${ALL}?type=1&checkFiles=1`)).toBeUndefined();
    expect(await existing('/library/metadata/1')).toBeUndefined();
    expect(await existing('/library/metadata/1?checkFiles=1')).toBe(false);
  });

  test.each([
    [
      'several versions',
      { versions: [{ files: [{ path: '/a.mp4', size: 1 }] }, { files: [{ path: '/b.mp4', size: 2 }] }] },
      [['/a.mp4'], ['/b.mp4']],
    ],
    [
      'stacked files',
      {
        versions: [
          {
            files: [
              { path: '/cd1.mp4', size: 1 },
              { path: '/cd2.mp4', size: 2 },
            ],
          },
        ],
      },
      [['/cd1.mp4', '/cd2.mp4']],
    ],
    ['a Windows path', { files: [{ path: 'D:\\Films\\ä.mp4', size: 1 }] }, [['D:\\Films\\ä.mp4']]],
    ['a decomposed name', { files: [{ path: '/data/e\u0301.mp4', size: 1 }] }, [['/data/e\u0301.mp4']]],
    [
      'signs of URLs and a line end',
      { files: [{ path: '/data/#?%&+\n.mp4', size: 1 }] },
      [['/data/#?%&+\n.mp4']],
    ],
    ['no media', { title: 'Nothing' }, undefined],
  ] as const)('may have %s', async (_name, input, files) => {
    const { get } = await visited({ sections: [{ title: 'Movies', items: [input] }] });
    const [item] = (await get(`${ALL}?type=1`)).Metadata ?? [];
    expect(item?.Media?.map((media) => media.Part.map((part) => part.file))).toEqual(files);
  });

  test('marks a version that Plex made itself', async () => {
    const versions = [{ files: [{ path: '/data/o.mp4', size: 1 }], isOptimised: true }];
    const { get } = await visited({ sections: [{ title: 'Movies', items: [{ versions }] }] });
    expect((await get(`${ALL}?type=1`)).Metadata?.[0]?.Media?.[0]?.proxyType).toBe(42);
  });
});

describe('filters', () => {
  const items: readonly ItemInput[] = [
    { title: 'The Alpha', guid: 'local://a', addedAt: 100, updatedAt: 400, tags: { genre: ['Day'] } },
    { title: 'Beta', guid: 'local://b', addedAt: 200, updatedAt: 300, tags: { genre: ['Night'] } },
    { title: 'Gamma', guid: 'local://c', addedAt: 300, updatedAt: null },
  ];

  test.each([
    ['title=ALPH', ['The Alpha']],
    ['guid=local%3A%2F%2Fb', ['Beta']],
    ['updatedAt>>=400', ['The Alpha']],
    ['updatedAt%3E%3E=300', ['The Alpha', 'Beta']],
    ['addedAt>>=200&sort=addedAt%3Adesc', ['Gamma', 'Beta']],
    ['addedAt<<=200', ['The Alpha']],
    ['sort=movie.addedAt%3Adesc&limit=1', ['Gamma']],
    ['genre=101', ['The Alpha']],
    ['movie.genre=103', ['Beta']],
    ['genre!=101', ['Beta', 'Gamma']],
    ['type=4', []],
  ])('%s', async (query, expected) => {
    const { get } = await visited({ sections: [{ title: 'Movies', items }] });
    const found = (await get(`${ALL}?${query}`)).Metadata ?? [];
    expect(found.map((item) => item.title)).toEqual(expected);
  });

  test('genre ids are told by the filter’s choices', async () => {
    const { get } = await visited({ sections: [{ title: 'Movies', items }] });
    const choices = (await get('/library/sections/1/genre')).Directory ?? [];
    expect(choices.map(({ key, title }) => [key, title])).toEqual([
      ['101', 'Day'],
      ['103', 'Night'],
    ]);
  });
});

describe('details', () => {
  test('have every tag with its id, locks and several items for a comma list', async () => {
    const { get } = await visited();
    const { Metadata = [] } = await get('/library/metadata/4,1');
    expect(Metadata.map((item) => item.ratingKey)).toEqual(['4', '1']);
    expect(names(Metadata[1]?.Genre)).toHaveLength(3);
    expect(names(Metadata[1]?.Role)).toHaveLength(4);
  });

  test('of an unknown item are 404 in HTML, JSON asked for or not', async () => {
    const { send } = await visited();
    const response = await send('GET', '/library/metadata/999', { headers: { accept: 'application/json' } });
    expect([response.status, response.headers.get('content-type')]).toEqual([404, 'text/html']);
    expect(await response.text()).toContain('<h1>404 Not Found</h1>');
  });
});

test('libraries may share a title and a file, and be of other types', async () => {
  const items = [{ files: [{ path: '/data/One.mp4', size: 1 }] }];
  const { get, simulator } = await visited({
    sections: [
      { title: 'Movies', items },
      { title: 'Movies', items },
      { title: 'Shows', type: 'show' },
    ],
  });
  const { Directory = [] } = await get('/library/sections');
  expect(Directory.map(({ key, title }) => [key, title])).toEqual([
    ['1', 'Movies'],
    ['2', 'Movies'],
    ['3', 'Shows'],
  ]);
  expect(new Set(Directory.map(({ uuid }) => uuid)).size).toBe(3);
  expect(simulator.library.ratingKeys({ path: '/data/One.mp4' })).toHaveLength(2);
});

describe('a library of 100,000', () => {
  const counted = () => {
    const { count, itemAt } = generatedItems(100_000);
    const made = { times: 0 };
    const source = {
      count,
      itemAt: (n: number) => {
        made.times += 1;
        return itemAt(n);
      },
    };
    return { made, sections: [{ title: 'Movies', items: source }] };
  };

  test('makes no more items than a page shows, once it has its order', async () => {
    const { made, sections } = counted();
    const { get } = await visited({ sections });
    await get(`${ALL}?type=1&X-Plex-Container-Start=0&X-Plex-Container-Size=0`);
    made.times = 0;
    const page = await get(`${ALL}?type=1&X-Plex-Container-Start=70000&X-Plex-Container-Size=500`);
    expect(page).toMatchObject({ size: 500, totalSize: 100_000 });
    expect(made.times).toBe(500);
    await get(`${ALL}?type=1&updatedAt>>=1741000000&X-Plex-Container-Start=0&X-Plex-Container-Size=10`);
    expect(made.times).toBe(510);
  });

  test('makes one item for its details and few for an edit', async () => {
    const { made, sections } = counted();
    const { edit, item } = await visited({ sections });
    expect((await item('299998')).title).toBe('Scene 100000');
    expect(made.times).toBe(1);
    await edit({ type: 1, id: 299998, 'genre[0].tag.tag': 'New', 'genre.locked': 1 });
    expect(names((await item('299998')).Genre)).toContain('New');
    expect(made.times).toBeLessThanOrEqual(4);
  });
});
