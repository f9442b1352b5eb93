import * as v from 'valibot';
import { SKIP_REASON_NAMES, type SkipReason } from '../../core/images/cover.ts';
import type { ImageBase, ImageBases, SentImage } from '../../core/images/imageBase.ts';
import type { ImageKind } from '../../core/images/imageKind.ts';
import { linkIdText } from '../../core/link.ts';
import type { Images, IntendedImage, SettledImage } from '../images.ts';
import type { LinkId } from '../port.ts';
import type { Connection, Parameters } from './connection.ts';
import { linkParameters } from './itemParameters.ts';
import { JOURNAL_FORMAT, parseChanges } from './storedJson.ts';

interface ImageRow {
  readonly kind: ImageKind;
  readonly cover_stamp: string | null;
  readonly cover_tag: string | null;
  readonly skipped: string | null;
  readonly is_kept: number;
  readonly written_key: string | null;
  readonly written_tag: string | null;
  readonly intended_key: string | null;
  readonly intended_tag: string | null;
  readonly shown_path: string | null;
  readonly is_lock_ours: number;
}

const OF_LINK = 'scene_id = :scene AND section_uuid = :section AND rating_key = :ratingKey';

const BASES = `
  SELECT kind, cover_stamp, cover_tag, skipped, is_kept, written_key, written_tag, intended_key, intended_tag,
    shown_path, is_lock_ours
  FROM images WHERE ${OF_LINK}`;

const INTEND = `
  INSERT INTO images (scene_id, section_uuid, rating_key, kind, is_kept, intended_key, intended_tag, is_lock_ours)
  VALUES (:scene, :section, :ratingKey, :kind, 0, :key, :tag, 0)
  ON CONFLICT (scene_id, section_uuid, rating_key, kind) DO UPDATE SET
    intended_key = excluded.intended_key, intended_tag = excluded.intended_tag`;

const PUT = `
  INSERT INTO images (scene_id, section_uuid, rating_key, kind, cover_stamp, cover_tag, skipped, is_kept,
    written_key, written_tag, intended_key, intended_tag, shown_path, is_lock_ours)
  VALUES (:scene, :section, :ratingKey, :kind, :stamp, :tag, :skipped, :isKept,
    :writtenKey, :writtenTag, :intendedKey, :intendedTag, :shownPath, :isLockOurs)
  ON CONFLICT (scene_id, section_uuid, rating_key, kind) DO UPDATE SET
    cover_stamp = excluded.cover_stamp, cover_tag = excluded.cover_tag, skipped = excluded.skipped,
    is_kept = excluded.is_kept, written_key = excluded.written_key, written_tag = excluded.written_tag,
    intended_key = excluded.intended_key, intended_tag = excluded.intended_tag,
    shown_path = excluded.shown_path, is_lock_ours = excluded.is_lock_ours`;

const MARK_WRITTEN = `UPDATE links SET written_at = :now WHERE ${OF_LINK}`;
const ADD_WRITE = `
  INSERT INTO journal (at, scene_id, section_uuid, rating_key, state, source, format, changes)
  VALUES (:now, :scene, :section, :ratingKey, 'sent', :source, :format, :changes)`;
const OPEN_WRITES = `SELECT id, changes FROM journal WHERE ${OF_LINK} AND state = 'sent'`;
const CLOSE_WRITE = 'UPDATE journal SET state = :state WHERE id = :id';

const COUNT_SKIPPED = `
  SELECT skipped, count(*) AS covers FROM images WHERE skipped IS NOT NULL GROUP BY skipped`;

const prepareAll = (connection: Connection) => ({
  bases: connection.prepare<ImageRow>(BASES),
  intend: connection.prepare(INTEND),
  put: connection.prepare(PUT),
  markWritten: connection.prepare(MARK_WRITTEN),
  addWrite: connection.prepare(ADD_WRITE),
  openWrites: connection.prepare<{ readonly id: number; readonly changes: string }>(OPEN_WRITES),
  closeWrite: connection.prepare(CLOSE_WRITE),
  countSkipped: connection.prepare<{ readonly skipped: string; readonly covers: number }>(COUNT_SKIPPED),
});

export class SqliteImages implements Images {
  readonly #connection: Connection;
  readonly #statements: ReturnType<typeof prepareAll>;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#statements = prepareAll(connection);
  }

  async basesOf(links: readonly LinkId[]): Promise<ReadonlyMap<string, ImageBases>> {
    return this.#connection.read(
      () =>
        new Map(
          links
            .map((link) => [linkIdText(link), this.#statements.bases.all(linkParameters(link))] as const)
            .filter(([, rows]) => rows.length > 0)
            .map(([key, rows]) => [key, Object.fromEntries(rows.map((row) => [row.kind, toBase(row)]))]),
        ),
    );
  }

  async intend({ kind, intended, change, source, ...link }: IntendedImage, now: number): Promise<void> {
    const { markWritten, addWrite, intend } = this.#statements;
    return this.#connection.write(() => {
      const of = linkParameters(link);
      if (markWritten.run({ ...of, now }) === 0) {
        throw new Error(`There is no link ${linkIdText(link)}, so nothing may be written through it`);
      }
      this.#closeWrites(link, kind, 'given-up');
      addWrite.run({ ...of, now, source, format: JOURNAL_FORMAT, changes: JSON.stringify([change]) });
      intend.run({ ...of, kind, key: intended.key, tag: intended.coverTag });
    });
  }

  async settle(images: readonly SettledImage[]): Promise<void> {
    if (images.length === 0) return;
    return this.#connection.write(() => {
      for (const { kind, base, writes, ...link } of images) {
        this.#statements.put.run({ ...linkParameters(link), kind, ...baseParameters(base) });
        if (writes !== null) this.#closeWrites(link, kind, writes);
      }
    });
  }

  async countSkipped(): Promise<Partial<Record<SkipReason, number>>> {
    return this.#connection.read(() =>
      Object.fromEntries(
        this.#statements.countSkipped.all().map(({ skipped, covers }) => [parseSkipReason(skipped), covers]),
      ),
    );
  }

  #closeWrites(link: LinkId, kind: ImageKind, state: 'arrived' | 'given-up'): void {
    const { openWrites, closeWrite } = this.#statements;
    for (const { id, changes } of openWrites.all(linkParameters(link))) {
      if (parseChanges(changes).some(({ field }) => field === kind)) closeWrite.run({ id, state });
    }
  }
}

const SkipReasonSchema = v.picklist(SKIP_REASON_NAMES);
const parseSkipReason = (text: string): SkipReason => v.parse(SkipReasonSchema, text);

const toBase = (row: ImageRow): ImageBase => ({
  stamp: row.cover_stamp,
  coverTag: row.cover_tag,
  skipped: row.skipped === null ? null : parseSkipReason(row.skipped),
  isKept: row.is_kept === 1,
  written: toSent(row.written_key, row.written_tag),
  intended: toSent(row.intended_key, row.intended_tag),
  shownPath: row.shown_path,
  isLockOurs: row.is_lock_ours === 1,
});

const toSent = (key: string | null, coverTag: string | null): SentImage | null =>
  key === null || coverTag === null ? null : { key, coverTag };

const baseParameters = (base: ImageBase): Parameters => ({
  stamp: base.stamp,
  tag: base.coverTag,
  skipped: base.skipped,
  isKept: Number(base.isKept),
  writtenKey: base.written?.key ?? null,
  writtenTag: base.written?.coverTag ?? null,
  intendedKey: base.intended?.key ?? null,
  intendedTag: base.intended?.coverTag ?? null,
  shownPath: base.shownPath,
  isLockOurs: Number(base.isLockOurs),
});
