import { describe, expect, test } from 'vitest';
import { SKIP_REASONS } from '../../src/core/images/cover.ts';
import { pictures, png, posterKey } from '../world/pictures.ts';
import { fetched, giveCover, imagePlans, synced, uploadsAmong } from './covers.ts';
import { itemAt, messagesOf, requestsDuring, settle, worldOfEachTest } from './eachWorld.ts';

const open = worldOfEachTest();

const SIDES = [
  {},
  { posterReply: 'path', uploadLocks: 'leaves', repeatedUpload: 'leaves' },
  { uploadNames: 'own' },
] as const;

describe.each(SIDES)('with a Plex of these sides: %j', (plex) => {
  test('the cover becomes the poster, as bytes, and is locked', async () => {
    const world = await open({ plex });
    const requests = await requestsDuring(world, () => synced(world, png('a')));
    const item = itemAt(world, 1);
    expect(item.posters).toHaveLength(2);
    expect(item.selectedPoster).toBe(item.posters[1]);
    expect(item.selectedPoster).toMatch(/^upload:\/\/posters\//);
    expect(item.locks).toContain('thumb');
    expect(item.selectedArt).toBeNull();
    expect(uploadsAmong(requests)).toHaveLength(1);
    expect(requests.filter(({ query }) => query.some(([name]) => name === 'url'))).toEqual([]);
  });

  test('each cover goes up once', async () => {
    const world = await open({ plex });
    await synced(world, png('a'));
    const requests = await requestsDuring(world, async () => {
      for (const title of ['One', 'Two', 'Three']) {
        await world.edit(1, { title });
        await settle(world);
        world.clock.advance(60_000);
      }
      await world.operations.sync({ kind: 'all' });
      await settle(world);
    });
    expect(requests.filter(({ kind }) => kind === 'images')).toEqual([]);
    expect(itemAt(world, 1).title).toBe('Three');
    expect(fetched(world)).toBe(1);
  });

  test('a cover that is replaced by an earlier one is selected, not sent again', async () => {
    const world = await open({ plex });
    await synced(world, png('a'));
    const first = itemAt(world, 1).selectedPoster;
    await synced(world, png('b'));
    expect(itemAt(world, 1).selectedPoster).not.toBe(first);
    await synced(world, png('a'));
    expect(itemAt(world, 1)).toMatchObject({ selectedPoster: first });
    expect(itemAt(world, 1).posters).toHaveLength(3);
  });

  test('another poster that a person selects is replaced by ours again, unless Plex edits are preserved', async () => {
    const world = await open({ plex });
    await synced(world, png('a'));
    const ours = itemAt(world, 1).selectedPoster;
    world.plex.library.editAsPerson(world.itemKey(1), { poster: 'upload://posters/theirs' });
    await world.edit(1, { title: 'Edited' });
    expect(await imagePlans(world)).toMatchObject([{ act: 'select', key: ours, reason: 'stash-wins' }]);
    const requests = await requestsDuring(world, () => settle(world));
    expect(itemAt(world, 1).selectedPoster).toBe(ours);
    expect(uploadsAmong(requests)).toEqual([]);
  });
});

describe('with preserve_plex_edits', () => {
  const settings = { preserve_plex_edits: true } as const;

  test('a poster that a person uploaded after ours stays, also when the cover changes', async () => {
    const world = await open({ settings });
    await synced(world, png('a'));
    world.plex.library.editAsPerson(world.itemKey(1), { poster: 'upload://posters/theirs' });
    await synced(world, png('b'));
    expect(itemAt(world, 1).selectedPoster).toBe('upload://posters/theirs');
    expect(await imagePlans(world)).toMatchObject([{ act: 'nothing', reason: 'kept-edit' }]);
    const requests = await requestsDuring(world, async () => {
      for (const title of ['One', 'Two']) {
        await world.edit(1, { title });
        await settle(world);
      }
    });
    expect(requests.filter(({ kind }) => kind === 'images')).toEqual([]);
    await world.restart({ preserve_plex_edits: false });
    await world.operations.sync({ kind: 'all' });
    await settle(world);
    expect(itemAt(world, 1).selectedPoster).toBe(posterKey(png('b')));
  });

  test.each([
    ['an upload', { poster: 'upload://posters/theirs', unlock: ['thumb'] }, 'kept-present'],
    ['a locked one', { poster: 'media://other' }, 'kept-locked'],
  ])('%s that was there before ours stays', async (_, edit, reason) => {
    const world = await open({ settings });
    world.plex.library.editAsPerson(world.itemKey(1), edit);
    await synced(world, png('a'));
    expect(itemAt(world, 1).selectedPoster).toBe(edit.poster);
    expect(await imagePlans(world)).toMatchObject([{ act: 'nothing', reason }]);
  });

  test('one that Plex made by itself gives way', async () => {
    const world = await open({ settings });
    await synced(world, png('a'));
    expect(itemAt(world, 1).selectedPoster).toBe(posterKey(png('a')));
    await synced(world, png('b'));
    expect(itemAt(world, 1).selectedPoster).toBe(posterKey(png('b')));
  });
});

describe('not sent', () => {
  test.each([
    ['webp', pictures.webp, 'webp'],
    ['gif', pictures.gif, 'gif'],
    ['avif', pictures.avif, 'avif'],
    ['svg', pictures.svg, 'svg'],
    ['a video', pictures.video, 'video'],
    ['no image', pictures.unknown, 'unknown'],
    ['an empty one', Buffer.alloc(0), 'unknown'],
    ['one too large', Buffer.concat([png(''), Buffer.alloc(10_480_001)]), 'too-large'],
  ] as const)('is %s, and plan, status and log say so', async (_, cover, skipped) => {
    const world = await open();
    await giveCover(world, 1, cover);
    const requests = await requestsDuring(world, () => settle(world));
    expect(requests.filter(({ kind }) => kind === 'images')).toEqual([]);
    expect(itemAt(world, 1).selectedPoster).toBe(`media://${world.itemKey(1)}/thumb`);
    expect(await imagePlans(world)).toMatchObject([{ act: 'nothing', skipped }]);
    expect((await world.operations.status()).imagesSkipped).toEqual({ [skipped]: 1 });
    await world.trigger(1, 'poll');
    await settle(world);
    expect(messagesOf(world, 'warn')).toEqual([`not sent to Plex: ${SKIP_REASONS[skipped]}`]);
    expect(fetched(world)).toBe(0);
  });

  test('is the picture that Stash shows where there is no cover', async () => {
    const world = await open();
    await world.edit(1, { title: 'No cover' });
    const requests = await requestsDuring(world, () => settle(world));
    expect(requests.filter(({ kind }) => kind === 'images')).toEqual([]);
    expect(itemAt(world, 1).title).toBe('No cover');
    expect(await imagePlans(world)).toMatchObject([{ act: 'nothing', skipped: 'no-cover' }]);
  });

  test('is anything while both settings are off', async () => {
    const world = await open({ settings: { sync_poster: false } });
    await synced(world, png('a'));
    expect(world.stash.log.covers).toEqual([]);
    expect(itemAt(world, 1).posters).toHaveLength(1);
    expect(await imagePlans(world)).toEqual([]);
  });

  test('is anything in a dry run, and all of it afterwards', async () => {
    const world = await open({ settings: { dry_run: true } });
    const requests = await requestsDuring(world, () => synced(world, png('a')));
    expect(requests.filter(({ method }) => method !== 'GET')).toEqual([]);
    expect(
      world.log.lines.some((line) => line.includes('dry run: would write') && line.includes('poster')),
    ).toBe(true);
    expect(await imagePlans(world)).toMatchObject([{ act: 'upload', reason: 'first' }]);
    expect(fetched(world)).toBe(0);
    await world.restart({ dry_run: false });
    await world.trigger(1);
    await settle(world);
    expect(itemAt(world, 1).selectedPoster).toBe(posterKey(png('a')));
  });

  test('leaves the poster that came from an earlier cover', async () => {
    const world = await open();
    await synced(world, png('a'));
    await synced(world, pictures.webp);
    expect(itemAt(world, 1).selectedPoster).toBe(posterKey(png('a')));
  });
});

test('with sync_background the cover is the background too', async () => {
  const world = await open({ settings: { sync_background: true } });
  await synced(world, pictures.jpeg);
  const art = posterKey(pictures.jpeg).replace('posters', 'arts');
  expect(itemAt(world, 1)).toMatchObject({ selectedPoster: posterKey(pictures.jpeg), selectedArt: art });
  expect(itemAt(world, 1).locks).toEqual(expect.arrayContaining(['thumb', 'art']));
});

test('without lock_fields it stays as locked as Plex makes it', async () => {
  const world = await open({ settings: { lock_fields: false }, plex: { uploadLocks: 'leaves' } });
  await synced(world, png('a'));
  expect(itemAt(world, 1).selectedPoster).toBe(posterKey(png('a')));
  expect(itemAt(world, 1).locks).toEqual([]);
  const requests = await requestsDuring(world, async () => {
    await world.edit(1, { title: 'Edited' });
    await settle(world);
  });
  expect(requests.filter(({ kind }) => kind === 'images')).toEqual([]);
});

describe('what it costs', () => {
  test('a changed scene without a new cover three requests to Plex, and one part of a cover', async () => {
    const world = await open();
    await synced(world, png('a'));
    world.stash.log.clear();
    const requests = await requestsDuring(world, async () => {
      await world.edit(1, { title: 'Edited' });
      await world.work();
    });
    expect(requests.map(({ kind }) => kind)).toEqual(['details', 'edits', 'details']);
    expect(world.stash.log.covers).toMatchObject([{ isPart: true, status: 206 }]);
  });

  test('one that has not changed nothing, of either', async () => {
    const world = await open({ files: 1 });
    await synced(world, png('a'));
    world.stash.log.clear();
    const requests = await requestsDuring(world, async () => {
      await world.operations.sync({ kind: 'all' });
      await settle(world);
    });
    expect(requests.filter(({ kind }) => kind === 'images' || kind === 'edits')).toEqual([]);
    expect(world.stash.log.covers).toEqual([]);
  });

  test('a new cover a list, the upload, a list, a lock and a read', async () => {
    const world = await open();
    await world.trigger(1);
    await settle(world);
    world.clock.advance(60_000);
    await giveCover(world, 1, png('a'));
    const requests = await requestsDuring(world, () => world.work());
    expect(requests.map(({ method, kind }) => `${method} ${kind}`)).toEqual([
      'GET details',
      'GET images',
      'POST images',
      'GET images',
      'PUT edits',
      'GET details',
    ]);
  });

  test('a comparison of everything finds a cover that nobody told of', async () => {
    const world = await open();
    await synced(world, png('a'));
    world.stash.library.setCover(world.scene(1), png('b'));
    world.clock.advance(60_000);
    await world.operations.sync({ kind: 'all' });
    await settle(world);
    expect(itemAt(world, 1).selectedPoster).toBe(posterKey(png('b')));
  });
});

test('without tags and parts, as behind some proxies, covers arrive all the same, each once', async () => {
  const world = await open({ stash: { coverTags: false, coverRanges: false } });
  await synced(world, png('a'));
  const requests = await requestsDuring(world, () => synced(world, png('a')));
  expect(uploadsAmong(requests)).toEqual([]);
  await synced(world, png('b'));
  expect(itemAt(world, 1).selectedPoster).toBe(posterKey(png('b')));
});

test('an item that Plex made anew gets the poster again', async () => {
  const world = await open();
  await synced(world, png('a'));
  const path = world.samples[0]?.plexPath ?? '';
  world.plex.library.removeItem(world.itemKey(1));
  world.plex.library.addItem('1', { files: [{ path, size: world.samples[0]?.size ?? 0 }] });
  await world.engine.poll();
  await world.trigger(1);
  await settle(world);
  expect(itemAt(world, 1).selectedPoster).toBe(posterKey(png('a')));
});
