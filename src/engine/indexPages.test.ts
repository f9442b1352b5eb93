import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ratingKey, sectionKey, sectionUuid } from '../core/ids.ts';
import { clientOf, json, servePlex } from '../plex/testing/miniPlex.ts';
import { openStore } from '../store/sqlite/openStore.ts';
import { readPages } from './indexPages.ts';
import { PlexPace } from './plexPace.ts';

const TOTAL = 1_200;
const section = {
  uuid: sectionUuid('uuid'),
  key: sectionKey('1'),
  title: 'Movies',
  type: 'movie',
  locations: [],
  isRefreshing: false,
};
const clock = { now: () => 1_000_000, sleep: () => Promise.resolve() };

const itemAt = (index: number) => ({
  ratingKey: String(index + 1),
  title: `Item ${index}`,
  Media: [{ Part: [{ id: index + 1, file: `/media/${index}.mp4`, size: 1 + index }] }],
});

/** A Plex whose pages are of 100 items, but for one that is shorter. */
async function plexWithShortPage() {
  const starts: number[] = [];
  const { url } = await servePlex((_path, { headers }) => {
    const start = Number(headers['x-plex-container-start']);
    starts.push(start);
    const length = Math.min(start === 300 ? 40 : 100, TOTAL - start);
    const Metadata = Array.from({ length }, (_, index) => itemAt(start + index));
    return json({ size: length, totalSize: TOTAL, Metadata });
  });
  return { plex: clientOf(url), starts };
}

test('pages asked for together leave nothing out where one of them is shorter than the others', async () => {
  const { plex, starts } = await plexWithShortPage();
  const folder = mkdtempSync(path.join(tmpdir(), 'plexsync-pages-'));
  const opened = openStore({ dataDir: folder, now: 0 });
  if (!opened.ok) throw new Error(opened.failure.message);
  const { store } = opened.value;
  onTestFinished(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });
  const pace = new PlexPace(clock, 0);
  const generation = await store.index.beginListing(section);
  const parts = { store, plex: pace.watch(plex), clock, pace, reach: () => undefined };
  expect(await readPages(section, { generation, since: null }, parts)).toMatchObject({
    ok: true,
    value: { count: TOTAL, total: TOTAL, hasTotalMoved: false, unreadable: [] },
  });
  const keys = Array.from({ length: TOTAL }, (_, index) => ratingKey(String(index + 1)));
  const found = await store.index.partsOf(keys.map((key) => ({ section: section.uuid, ratingKey: key })));
  expect(found).toHaveLength(TOTAL);
  // One by one at first, then together; those after the short one are asked for anew.
  expect(starts.slice(0, 3)).toEqual([0, 100, 200]);
  expect(starts).toContain(340);
});
