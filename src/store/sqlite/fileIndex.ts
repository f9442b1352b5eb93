import type { ItemKey, Part } from '../../core/item.ts';
import { nameKey, pathKey } from '../../core/matching/pathKey.ts';
import type { FileIndex, IndexedItem, IndexedPart, IndexedSection, PartLookup } from '../port.ts';
import type { Connection, Parameters } from './connection.ts';
import * as sql from './fileIndexSql.ts';
import { itemParameters } from './itemParameters.ts';

type SectionUuid = IndexedSection['uuid'];

interface PartRow {
  readonly id: string;
  readonly path: string;
  readonly size: number | null;
  readonly durationMs: number | null;
}

type IndexedPartRow = PartRow & Pick<IndexedPart, 'sectionKey' | 'title' | 'itemUpdatedAt'> & ItemKey;

/** More items than this of one file name tell nothing, and a look-up must not grow with the library. */
const PARTS_OF_ONE_NAME = 100;

const prepareAll = (connection: Connection) => ({
  sections: connection.prepare<IndexedSection>(sql.SECTIONS),
  generation: connection.prepare<{ readonly generation: number }>(sql.GENERATION),
  hasItem: connection.prepare<{ readonly found: number }>(sql.HAS_ITEM),
  putItem: connection.prepare(sql.PUT_ITEM),
  parts: connection.prepare<PartRow>(sql.PARTS),
  dropParts: connection.prepare(sql.DROP_PARTS),
  addPart: connection.prepare(sql.ADD_PART),
  beginListing: connection.prepare<{ readonly generation: number }>(sql.BEGIN_LISTING),
  countUnmet: connection.prepare<{ readonly items: number }>(sql.COUNT_UNMET),
  unmet: connection.prepare<Pick<ItemKey, 'ratingKey'>>(sql.UNMET),
  removeUnmet: connection.prepare(sql.REMOVE_UNMET),
  markListed: connection.prepare(sql.MARK_LISTED),
  setWatermark: connection.prepare(sql.SET_WATERMARK),
  dropSection: connection.prepare(sql.DROP_SECTION),
  removeItem: connection.prepare(sql.REMOVE_ITEM),
  findByPath: connection.prepare<IndexedPartRow>(sql.FIND_BY_PATH),
  findByName: connection.prepare<IndexedPartRow>(sql.FIND_BY_NAME),
  findBySize: connection.prepare<IndexedPartRow>(sql.FIND_BY_SIZE),
  findByBeginning: connection.prepare<IndexedPartRow>(sql.FIND_BY_BEGINNING),
  partsOfItem: connection.prepare<IndexedPartRow>(sql.PARTS_OF_ITEM),
  countItems: connection.prepare<{ readonly items: number }>(sql.COUNT_ITEMS),
});

export class SqliteFileIndex implements FileIndex {
  readonly #connection: Connection;
  readonly #statements: ReturnType<typeof prepareAll>;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#statements = prepareAll(connection);
  }

  async sections(): Promise<readonly IndexedSection[]> {
    return this.#connection.read(() => this.#statements.sections.all().map((row) => ({ ...row })));
  }

  async putItems(
    section: SectionUuid,
    items: readonly IndexedItem[],
    generation: number | null,
  ): Promise<readonly ItemKey[]> {
    return this.#connection.write(() => {
      const latest = this.#statements.generation.get({ section })?.generation;
      if (latest === undefined) return [];
      return items
        .filter((item) => this.#putItem(section, item, generation ?? latest))
        .map(({ ratingKey }) => ({ section, ratingKey }));
    });
  }

  /** @returns whether the item is new or has other files. */
  #putItem(section: SectionUuid, item: IndexedItem, generation: number): boolean {
    const { hasItem, putItem, parts, dropParts, addPart } = this.#statements;
    const key = { section, ratingKey: item.ratingKey };
    const isNew = hasItem.get(key) === undefined;
    putItem.run({ ...key, title: item.title, updatedAt: item.updatedAt, generation });
    const before = parts.all(key);
    if (isSame(before.map(partText), item.parts.map(partText))) return isNew;
    dropParts.run(key);
    for (const part of item.parts) addPart.run({ ...key, ...partParameters(part) });
    return isNew || !isSame(before.map(fileText), item.parts.map(fileText));
  }

  async beginListing(section: Pick<IndexedSection, 'uuid' | 'key' | 'title'>): Promise<number> {
    const { uuid, key, title } = section;
    return this.#connection.write(() => {
      const begun = this.#statements.beginListing.get({ uuid, key, title });
      if (begun === undefined) throw new Error(`The listing of section ${uuid} has no generation`);
      return begun.generation;
    });
  }

  async countUnmet(section: SectionUuid, generation: number): Promise<number> {
    return this.#connection.read(() => this.#statements.countUnmet.get({ section, generation })?.items ?? 0);
  }

  async unmet(
    section: SectionUuid,
    generation: number,
    limit: number,
  ): Promise<readonly ItemKey['ratingKey'][]> {
    return this.#connection.read(() =>
      this.#statements.unmet.all({ section, generation, limit }).map((row) => row.ratingKey),
    );
  }

  async finishListing(section: SectionUuid, generation: number, listedAt: number): Promise<void> {
    return this.#connection.write(() => {
      this.#statements.removeUnmet.run({ section, generation });
      this.#statements.markListed.run({ section, listedAt });
    });
  }

  async setWatermark(section: SectionUuid, watermark: number, caughtUpAt: number): Promise<void> {
    await this.#connection.write(() => this.#statements.setWatermark.run({ section, watermark, caughtUpAt }));
  }

  async dropSections(sections: readonly SectionUuid[]): Promise<void> {
    return this.#connection.write(() => {
      for (const section of sections) this.#statements.dropSection.run({ section });
    });
  }

  async removeItems(items: readonly ItemKey[]): Promise<void> {
    return this.#connection.write(() => {
      for (const item of items) this.#statements.removeItem.run(itemParameters(item));
    });
  }

  async findParts({ pathKeys, nameKeys, sizes }: PartLookup): Promise<readonly IndexedPart[]> {
    const { findByPath, findByName, findBySize } = this.#statements;
    return this.#connection.read(() => {
      const rows = [
        ...[...new Set(pathKeys)].flatMap((key) => findByPath.all({ key })),
        ...[...new Set(nameKeys)].flatMap((key) => findByName.all({ key, limit: PARTS_OF_ONE_NAME })),
        ...[...new Set(sizes)].flatMap((size) => findBySize.all({ size })),
      ];
      const distinct = new Map(rows.map((row) => [`${row.section}/${row.ratingKey}/${row.id}`, row]));
      return [...distinct.values()].map(toIndexedPart);
    });
  }

  async partsOf(items: readonly ItemKey[]): Promise<readonly IndexedPart[]> {
    return this.#connection.read(() =>
      items.flatMap((item) => this.#statements.partsOfItem.all(itemParameters(item)).map(toIndexedPart)),
    );
  }

  async partsNamed(beginning: string, limit: number): Promise<readonly IndexedPart[]> {
    return this.#connection.read(() =>
      this.#statements.findByBeginning.all({ beginning, limit }).map(toIndexedPart),
    );
  }

  async countItems(): Promise<number> {
    return this.#connection.read(() => this.#statements.countItems.get()?.items ?? 0);
  }
}

/** What makes one file another one: Plex may give an unchanged file a new part id. */
const fileText = ({ path, size, durationMs }: PartRow): string => JSON.stringify([path, size, durationMs]);
const partText = (part: PartRow): string => JSON.stringify([part.id, fileText(part)]);

/** Whatever the order. */
function isSame(one: readonly string[], other: readonly string[]): boolean {
  const sorted = other.toSorted();
  return one.length === other.length && one.toSorted().every((text, index) => text === sorted[index]);
}

const partParameters = ({ id, path, size, durationMs }: Part): Parameters => ({
  id,
  path,
  pathKey: pathKey(path),
  nameKey: nameKey(path),
  size,
  durationMs,
});

const toIndexedPart = ({ section, ratingKey, ...part }: IndexedPartRow): IndexedPart => ({
  ...part,
  item: { section, ratingKey },
});
