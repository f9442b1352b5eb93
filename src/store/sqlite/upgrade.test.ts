import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, onTestFinished, test } from 'vitest';
import { entityId, ratingKey, sceneId, sectionUuid } from '../../core/ids.ts';
import { linkIdText } from '../../core/link.ts';
import { sceneSubject } from '../../core/scene.ts';
import type { Store } from '../port.ts';
import { backupsOf } from './backups.ts';
import { MIGRATIONS } from './migrations/migrations.ts';
import { openStore } from './openStore.ts';
import { temporaryFolder } from './testing/temporaryFolder.ts';

/** Databases as each schema left them, with a row in every table: made once, and never changed. */
const PAST = join(import.meta.dirname, 'fixtures/past');
const versions = readdirSync(PAST).map((name) => Number(/^schema-(\d+)\.sql$/.exec(name)?.[1]));

const NOW = Date.UTC(2026, 5, 1);
const scene = sceneId('42');
const item = { section: sectionUuid('library'), ratingKey: ratingKey('10') };
const link = { sceneId: scene, item };

function upgraded(version: number): { readonly store: Store; readonly file: string } {
  const file = join(temporaryFolder(), 'plexsync.db');
  const old = new DatabaseSync(file);
  old.exec(readFileSync(join(PAST, `schema-${version}.sql`), 'utf8'));
  old.close();
  const opened = openStore({ file, now: NOW });
  if (!opened.ok) throw new Error(opened.failure.message);
  onTestFinished(() => opened.value.store.close());
  return { store: opened.value.store, file };
}

test('every schema but the newest has such a database', () => {
  expect(versions.toSorted((one, other) => one - other)).toEqual(
    MIGRATIONS.slice(0, -1).map(({ version }) => version),
  );
});

describe.each(versions)('a database of schema %i', (version) => {
  test('is kept as a backup, and brought up to date', () => {
    const { file } = upgraded(version);
    const backups = backupsOf(file);
    expect(backups).toHaveLength(1);
    expect(backups.map((backup) => statSync(backup.file).mode & 0o077)).toEqual([0]);
    const now = new DatabaseSync(file, { readOnly: true });
    onTestFinished(() => now.close());
    const applied = now.prepare('SELECT max(version) AS version FROM migrations').get();
    expect(applied).toEqual({ version: MIGRATIONS.length });
    expect(now.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
  });

  test('still knows every job, link and base, and who wrote what', async () => {
    const { store } = upgraded(version);
    expect(await store.queue.get(sceneSubject(scene))).toMatchObject({ state: 'pending', source: 'hook' });
    expect(await store.queue.get(sceneSubject(sceneId('43')))).toMatchObject({
      state: 'dead',
      failure: { class: 'no-match', message: 'No file.' },
    });
    expect((await store.links.ofScenes([scene])).get(scene)).toMatchObject([{ item, evidence: 'path' }]);
    expect((await store.links.bases([link])).get(linkIdText(link))).toEqual({
      title: { value: 'A title', intended: null, isLockOurs: true },
      genres: { value: ['Rain'], intended: ['Rain', 'Night'], isLockOurs: false },
    });
    expect(await store.journal.list({ limit: 9 })).toMatchObject([
      {
        state: 'arrived',
        sceneId: scene,
        item,
        source: null,
        changes: [{ field: 'title', after: 'A title' }],
      },
    ]);
    expect(await store.meta.get('plex')).toBe('a-server');
    expect(await store.meta.breaker('plex')).toMatchObject({ state: 'closed', failuresInRow: 2 });
    expect((await store.index.partsOf([item])).map(({ path }) => path)).toEqual(['/media/a.mp4']);
    expect(await store.scenes.carrying({ kind: 'tag', id: entityId('7'), after: null, limit: 9 })).toEqual([
      scene,
    ]);
  });
});
