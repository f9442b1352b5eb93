import { type ItemInput, itemFrom } from './itemInput.ts';
import { effectiveTitleSort, type Item, NONE_AGENT, type Section } from './model.ts';
import { type Row, SectionOrder } from './sectionOrder.ts';
import type { Tag, TagStore } from './tags.ts';

export interface SectionInput {
  readonly title: string;
  readonly type?: Section['type'];
  readonly agent?: string;
  readonly scanner?: string;
  readonly locations?: readonly string[];
  readonly items?: ItemSource | readonly ItemInput[];
}

/** Items made when they are looked at, and only kept once changed: 100,000 cost next to nothing. */
export interface ItemSource {
  readonly count: number;
  /** Of 0 … count - 1; must give the same for the same number. */
  readonly itemAt: (n: number) => ItemInput;
}

interface SourceRange extends ItemSource {
  readonly firstKey: number;
  readonly sectionKey: string;
}

/** Rating keys leave gaps on a real server (plex reference §8.24). */
const KEY_STRIDE = 3;

/** All sections, items and tags; the one place that changes them. */
export class Library {
  readonly tags: TagStore;
  readonly #now: () => number;
  readonly #sections = new Map<string, Section>();
  readonly #orders = new Map<string, SectionOrder>();
  readonly #items = new Map<string, Item>();
  readonly #removed = new Set<string>();
  readonly #holders = new Map<number, string>();
  #sources: readonly SourceRange[] = [];
  #paths: Map<string, Set<string>> | null = null;
  #nextItemKey = 1;
  #nextSectionKey = 1;

  /** `now`: epoch s. */
  constructor(tags: TagStore, now: () => number) {
    this.tags = tags;
    this.#now = now;
    tags.askUseOf((tag) => this.#isUsed(tag));
  }

  sections(): readonly Section[] {
    return [...this.#sections.values()];
  }

  section(key: string): Section | undefined {
    return this.#sections.get(key);
  }

  addSection(input: SectionInput): Section {
    const key = String(this.#nextSectionKey);
    this.#nextSectionKey += 1;
    const now = this.#now();
    const section: Section = {
      key,
      uuid: `9d5c7a1e-0000-4000-8000-${key.padStart(12, '0')}`,
      title: input.title,
      type: input.type ?? 'movie',
      agent: input.agent ?? NONE_AGENT,
      scanner: input.scanner ?? 'Plex Video Files Scanner',
      locations: input.locations ?? ['/data'],
      createdAt: now,
      scannedAt: now,
      isRefreshing: false,
    };
    this.#sections.set(key, section);
    this.#orders.set(key, new SectionOrder(() => this.#rowsOf(key)));
    const items = input.items ?? [];
    if ('itemAt' in items) this.#addSource(key, items);
    else for (const item of items) this.add(key, item);
    return section;
  }

  updateSection(section: Section): void {
    this.#sections.set(section.key, section);
  }

  removeSection(key: string): void {
    // From the end, where taking a row out of the order moves no others.
    for (const item of [...this.itemsOf(key)].reverse()) this.remove(item.ratingKey);
    this.#sections.delete(key);
    this.#orders.delete(key);
    this.#sources = this.#sources.filter((source) => source.sectionKey !== key);
  }

  /** Rows of a section in Plex's order: by sort title. */
  order(sectionKey: string): SectionOrder {
    const order = this.#orders.get(sectionKey);
    if (order === undefined) throw new Error(`no section ${sectionKey}`);
    return order;
  }

  *itemsOf(sectionKey: string): Iterable<Item> {
    for (const row of this.order(sectionKey).rows()) {
      const item = this.item(row.ratingKey);
      if (item !== undefined) yield item;
    }
  }

  item(ratingKey: string): Item | undefined {
    const kept = this.#items.get(ratingKey);
    if (kept !== undefined || this.#removed.has(ratingKey)) return kept;
    const key = Number(ratingKey);
    for (const source of this.#sources) {
      const n = (key - source.firstKey) / KEY_STRIDE;
      if (Number.isInteger(n) && n >= 0 && n < source.count) return this.#made(source, n);
    }
    return undefined;
  }

  add(sectionKey: string, input: ItemInput): Item {
    const section = this.#sections.get(sectionKey);
    if (section === undefined) throw new Error(`no section ${sectionKey}`);
    const ratingKey = String(this.#nextItemKey);
    this.#nextItemKey += 1 + (this.#nextItemKey % KEY_STRIDE);
    const addedAt = input.addedAt ?? this.#now();
    const item = itemFrom({ ...input, addedAt }, { ratingKey, section, tags: this.tags });
    this.put(item);
    return item;
  }

  put(item: Item): void {
    const before = this.item(item.ratingKey);
    this.#items.set(item.ratingKey, item);
    for (const list of Object.values(item.tags)) {
      for (const tagging of list) this.#holders.set(tagging.tagId, item.ratingKey);
    }
    this.#forgetPaths(before);
    this.#rememberPaths(item);
    this.order(item.sectionKey).set(rowOf(item));
  }

  /** Keys are never given out again. */
  remove(ratingKey: string): void {
    const item = this.item(ratingKey);
    if (item === undefined) return;
    this.#items.delete(ratingKey);
    this.#removed.add(ratingKey);
    this.#forgetPaths(item);
    this.order(item.sectionKey).delete(ratingKey);
  }

  /** Items, of any section, with a part at exactly this path. */
  keysAt(path: string): readonly string[] {
    if (this.#paths === null) {
      this.#paths = new Map();
      for (const key of this.#sections.keys())
        for (const item of this.itemsOf(key)) this.#rememberPaths(item);
    }
    return [...(this.#paths.get(path) ?? [])];
  }

  #addSource(sectionKey: string, source: ItemSource): void {
    this.#sources = [...this.#sources, { ...source, sectionKey, firstKey: this.#nextItemKey }];
    this.#nextItemKey += source.count * KEY_STRIDE;
  }

  #made(source: SourceRange, n: number): Item | undefined {
    const section = this.#sections.get(source.sectionKey);
    if (section === undefined) return undefined;
    const ratingKey = String(source.firstKey + n * KEY_STRIDE);
    return itemFrom(source.itemAt(n), { ratingKey, section, tags: this.tags });
  }

  *#rowsOf(sectionKey: string): Iterable<Row> {
    for (const source of this.#sources.filter((one) => one.sectionKey === sectionKey)) {
      for (let n = 0; n < source.count; n += 1) {
        const ratingKey = String(source.firstKey + n * KEY_STRIDE);
        const item = this.#items.has(ratingKey) ? undefined : this.item(ratingKey);
        if (item !== undefined) yield rowOf(item);
      }
    }
    for (const item of this.#items.values()) if (item.sectionKey === sectionKey) yield rowOf(item);
  }

  /** Usually the item last seen with the tag still has it. */
  #isUsed(tag: Tag): boolean {
    const holds = (item: Item | undefined) =>
      item?.tags[tag.kind]?.some((one) => one.tagId === tag.id) ?? false;
    const holder = this.#holders.get(tag.id);
    if (holder !== undefined && holds(this.item(holder))) return true;
    for (const key of this.#sections.keys()) {
      for (const item of this.itemsOf(key)) {
        if (!holds(item)) continue;
        this.#holders.set(tag.id, item.ratingKey);
        return true;
      }
    }
    return false;
  }

  #rememberPaths(item: Item): void {
    if (this.#paths === null) return;
    for (const file of filesOf(item)) {
      this.#paths.set(file, (this.#paths.get(file) ?? new Set()).add(item.ratingKey));
    }
  }

  #forgetPaths(item: Item | undefined): void {
    if (this.#paths === null || item === undefined) return;
    for (const file of filesOf(item)) this.#paths.get(file)?.delete(item.ratingKey);
  }
}

export const filesOf = (item: Item): readonly string[] =>
  item.media.flatMap((media) => media.parts.map((part) => part.file));

const rowOf = (item: Item): Row => ({
  ratingKey: item.ratingKey,
  sortTitle: effectiveTitleSort(item.fields).toLowerCase(),
  addedAt: item.addedAt,
  updatedAt: item.updatedAt ?? 0,
});
