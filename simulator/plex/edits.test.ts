import { describe, expect, test } from 'vitest';
import { visited } from './testing/visitor.ts';

const first = { type: 1, id: 1 };

describe('scalar fields', () => {
  test.each([
    ['title', 'Ünïcode & "quotes"'],
    ['originalTitle', '元のタイトル'],
    ['studio', 'A + B'],
    ['summary', 'two\nlines'],
    ['tagline', 'x'],
    ['contentRating', 'XXX'],
    ['originallyAvailableAt', '2001-02-03'],
    ['editionTitle', "Director's Cut"],
    ['titleSort', 'zzz'],
  ])('%s takes a value and its lock', async (field, value) => {
    const { edit, simulator } = await visited();
    expect(await edit({ ...first, [`${field}.value`]: value, [`${field}.locked`]: 1 })).toBe(200);
    expect(simulator.library.read('1')).toMatchObject({ fields: { [field]: value }, locks: [field] });
  });

  test('a value sent with locked=0 is set and leaves the field unlocked', async () => {
    const { edit, simulator } = await visited();
    await edit({ ...first, 'studio.value': 'One', 'studio.locked': 1 });
    await edit({ ...first, 'studio.value': 'Two', 'studio.locked': 0 });
    expect(simulator.library.read('1')).toMatchObject({ fields: { studio: 'Two' }, locks: [] });
  });

  test('an empty value clears', async () => {
    const { edit, item } = await visited();
    await edit({ ...first, 'summary.value': '', 'summary.locked': 1 });
    expect(await item('1')).not.toHaveProperty('summary');
  });

  test('a lock alone changes nothing else', async () => {
    const { edit, item } = await visited();
    await edit({ ...first, 'thumb.locked': 1, 'genre.locked': 1 });
    expect((await item('1')).Field).toEqual([
      { locked: true, name: 'thumb' },
      { locked: true, name: 'genre' },
    ]);
    await edit({ ...first, 'thumb.locked': 0, 'genre.locked': 0 });
    expect(await item('1')).not.toHaveProperty('Field');
  });

  test('the year follows the date', async () => {
    const { edit, item } = await visited();
    await edit({ ...first, 'originallyAvailableAt.value': '1999-12-31', 'originallyAvailableAt.locked': 1 });
    expect((await item('1')).year).toBe(1999);
  });

  test.each(['31.12.1999', '1999', '1999-12'])('a date written %s is ignored with 200', async (date) => {
    const { edit, simulator } = await visited();
    expect(
      await edit({ ...first, 'originallyAvailableAt.value': date, 'originallyAvailableAt.locked': 1 }),
    ).toBe(200);
    expect(simulator.library.read('1')?.fields).not.toHaveProperty('originallyAvailableAt');
  });

  test('unknown fields and malformed keys are ignored with 200', async () => {
    const { edit, simulator } = await visited();
    const status = await edit({
      ...first,
      'nonsense.value': 'x',
      'genre[x].tag.tag': 'x',
      'title.locked.x': 1,
    });
    expect(status).toBe(200);
    expect(simulator.library.read('1')).toMatchObject({ title: 'Scene 1', locks: [] });
  });

  test('of a repeated key the last value counts', async () => {
    const { send, item } = await visited();
    await send('PUT', '/library/sections/1/all?type=1&id=1&title.value=One&title.value=Two&title.locked=1');
    expect((await item('1')).title).toBe('Two');
  });

  test('titleSort is left out where it equals the title, and drops an article', async () => {
    const { edit, item } = await visited();
    expect(await item('1')).not.toHaveProperty('titleSort');
    await edit({ ...first, 'title.value': 'The Scene', 'title.locked': 1 });
    expect((await item('1')).titleSort).toBe('Scene');
  });

  test('an edit raises updatedAt, and the thumb path with it', async () => {
    const { clock, edit, item } = await visited();
    clock.advance(5000);
    await edit({ ...first, 'title.value': 'New', 'title.locked': 1 });
    const now = Math.floor(clock.now() / 1000);
    expect(await item('1')).toMatchObject({ updatedAt: now, thumb: `/library/metadata/1/thumb/${now}` });
  });

  test('two edits within one second leave one and the same updatedAt', async () => {
    const { edit, item } = await visited();
    await edit({ ...first, 'title.value': 'One', 'title.locked': 1 });
    const { updatedAt } = await item('1');
    await edit({ ...first, 'title.value': 'Two', 'title.locked': 1 });
    expect((await item('1')).updatedAt).toBe(updatedAt);
  });

  test('userRating is the editing user’s own', async () => {
    const { edit, item } = await visited();
    await edit({ ...first, 'userRating.value': 7, 'userRating.locked': 1 });
    expect((await item('1')).userRating).toBe(7);
  });
});

describe('which items an edit reaches', () => {
  test.each(['/library/sections/1/all?type=1', '/library/sections/1/all?type=1&id='])(
    'without an id it is the whole library: %s',
    async (path) => {
      const { send, simulator } = await visited();
      await send('PUT', `${path}&studio.value=Everywhere&studio.locked=1`);
      const studios = simulator.library
        .ratingKeys({ sectionKey: '1' })
        .map((key) => simulator.library.read(key)?.fields.studio);
      expect(studios).toEqual(Array(10).fill('Everywhere'));
      expect(() => simulator.log.assertNoSectionWideEdit()).toThrow('edits a whole library');
    },
  );

  test('several ids are all edited, and no others', async () => {
    const { edit, simulator } = await visited();
    await edit({ type: 1, id: '1,4', 'studio.value': 'S', 'studio.locked': 1 });
    const studios = ['1', '4', '7'].map((key) => simulator.library.read(key)?.fields.studio);
    expect(studios).toEqual(['S', 'S', undefined]);
  });

  test('an id of another type of item is as unknown', async () => {
    const { edit, simulator } = await visited({ switches: { badIdInEdit: '404' } });
    expect(await edit({ type: 4, id: 1, 'studio.value': 'S', 'studio.locked': 1 })).toBe(404);
    expect(simulator.library.read('1')?.fields).not.toHaveProperty('studio');
  });

  test('an item can be edited at its own path', async () => {
    const { send, simulator } = await visited();
    const response = await send('PUT', '/library/metadata/1?type=1&title.value=Own%20Path&title.locked=1');
    expect(response.status).toBe(200);
    expect(simulator.library.read('1')?.title).toBe('Own Path');
  });

  test('an edit of the library itself, or in an unknown one, is refused', async () => {
    const { send } = await visited();
    expect((await send('PUT', '/library/sections/1?title.value=x')).status).toBe(400);
    expect((await send('PUT', '/library/sections/99/all?type=1&id=1')).status).toBe(404);
  });

  test('the answer is 200 with an empty body called HTML', async () => {
    const { send } = await visited();
    const response = await send('PUT', '/library/sections/1/all?type=1&id=1&title.value=x&title.locked=1');
    expect(response.headers.get('content-type')).toBe('text/html');
    expect(response.headers.get('content-length')).toBe('0');
  });
});

test('a person’s edit in Plex Web sets values, locks and updatedAt', async () => {
  const { clock, item, simulator } = await visited();
  clock.advance(1000);
  simulator.library.editAsPerson('1', {
    fields: { title: 'By hand', summary: '' },
    tags: { genre: ['Mine'] },
    actors: [{ name: 'Ada', role: 'Lead', thumb: 'https://example.com/a.jpg' }],
  });
  expect(await item('1')).toMatchObject({
    title: 'By hand',
    updatedAt: Math.floor(clock.now() / 1000),
    Genre: [{ tag: 'Mine' }],
    Role: [{ tag: 'Ada', role: 'Lead', thumb: 'https://example.com/a.jpg' }],
    Field: ['title', 'summary', 'genre', 'actor'].map((name) => ({ locked: true, name })),
  });
  simulator.library.editAsPerson('1', { unlock: ['title'] });
  expect(simulator.library.read('1')?.locks).toEqual(['summary', 'genre', 'actor']);
});
