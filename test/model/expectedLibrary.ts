import path from 'node:path/posix';
import { expect } from 'vitest';
import type { ItemState } from '../../simulator/plex/libraryAccess.ts';
import type { SceneRow } from '../../simulator/stash/model/rows.ts';
import { foldName } from '../../src/core/text.ts';
import { posterKey } from '../world/pictures.ts';
import type { World } from '../world/world.ts';

/** What Plex is to show for a scene, as a person would read it off Stash. */
export interface Expected {
  readonly title: string;
  readonly studio: string;
  readonly summary: string;
  readonly genres: readonly string[];
  readonly actors: readonly string[];
  /** As Plex names it; null: it may show what it likes. */
  readonly cover: string | null;
}

/** What may be on an item beside what Stash says: of people, and of the scene that had the file before. */
interface Others {
  readonly texts: Set<string>;
  readonly names: Set<string>;
}

/**
 * What the documents promise, said once more without a line of the code under test: Plex shows what Stash holds;
 * what a scene does not have (any more) goes unless somebody else brought it; a title stays when Stash has none.
 * Under `preserve_plex_edits` what somebody has edited may be theirs for good; where nobody has, all of it holds.
 */
export class ExpectedLibrary {
  readonly #world: World;
  /** The nth file, by each path that it ever had in Plex, and by each item that ever held it. */
  readonly #fileAt = new Map<string, number>();
  readonly #fileOf = new Map<string, number>();
  readonly #others = new Map<number, Others>();
  /** Scenes that ever had the file. */
  readonly #owners = new Map<number, Set<number>>();
  /** The item that last held a file and is gone. */
  readonly #gone = new Map<number, ItemState>();

  constructor(world: World) {
    this.#world = world;
    for (const [index, { plexPath }] of world.samples.entries()) this.#fileAt.set(plexPath, index + 1);
    this.look();
  }

  /** The file has, or is about to have, another path in Plex. */
  moves(file: number, at: string): void {
    this.#fileAt.set(at, file);
  }

  /** What a person brings into an item of Plex is theirs. */
  broughtBySomebody(file: number, texts: readonly string[], names: readonly string[]): void {
    const others = this.#othersOf(file);
    for (const text of texts) others.texts.add(text);
    for (const name of names) others.names.add(foldName(name));
  }

  /** It may come back as it was, under another key. */
  goes(file: number, item: ItemState): void {
    this.#gone.set(file, item);
  }

  lastOf(file: number): ItemState | undefined {
    return this.#gone.get(file);
  }

  /** The file goes to another scene, or to none: what its items show now was not written for that one. */
  changesScene(file: number): void {
    for (const item of [...this.items(file), ...[this.lastOf(file)].flatMap((gone) => gone ?? [])]) {
      const { title, fields, tags, actors } = item;
      const texts = [title, fields.studio ?? '', fields.summary ?? ''];
      this.broughtBySomebody(file, texts, [...tags.genre, ...actors.map(({ name }) => name)]);
    }
  }

  /** Notes which item holds which file and which scene has it, while it does. */
  look(): void {
    for (const key of this.#keys()) {
      const [at = ''] = this.#world.plex.library.read(key)?.files ?? [];
      const file = this.#fileAt.get(at);
      if (file === undefined) throw new Error(`nobody knows the file ${at}`);
      this.#fileOf.set(key, file);
    }
    for (const scene of this.#world.stash.library.scenes.all()) {
      for (const file of scene.fileIds) this.#ownersOf(file).add(scene.id);
    }
  }

  /** Which file this item holds, or held. */
  fileOf(key: string): number | undefined {
    return this.#fileOf.get(key);
  }

  sceneOf(file: number): SceneRow | undefined {
    return this.#world.stash.library.scenes.all().find((scene) => scene.fileIds.includes(file));
  }

  items(file: number): readonly ItemState[] {
    this.look();
    return this.#keys()
      .filter((key) => this.#fileOf.get(key) === file)
      .flatMap((key) => this.#world.plex.library.read(key) ?? []);
  }

  of(scene: SceneRow): Expected {
    const { studios, tags, performers } = this.#world.stash.library;
    const nameIn = (table: typeof tags | typeof performers | typeof studios) => (id: number) =>
      table.get(id)?.name ?? expect.unreachable();
    const cover = this.#world.stash.library.coverOf(scene);
    return {
      cover: cover === null ? null : posterKey(cover),
      title: scene.title,
      studio: scene.studioId === null ? '' : nameIn(studios)(scene.studioId),
      summary: scene.details,
      genres: scene.tagIds.map(nameIn(tags)),
      actors: scene.performerIds.map(nameIn(performers)),
    };
  }

  /** Plex equals all of it. @returns how many items were compared. */
  check(): number {
    let compared = 0;
    for (const [index] of this.#world.samples.entries()) {
      const scene = this.sceneOf(index + 1);
      if (scene === undefined) continue;
      const items = this.items(index + 1);
      // A file that was moved and added once more is two items of one name and size: a person is to tell them apart.
      if (items.length > 1) continue;
      for (const item of items) {
        this.#checkItem(index + 1, item, this.of(scene));
        compared++;
      }
    }
    return compared;
  }

  #checkItem(file: number, item: ItemState, expected: Expected): void {
    const where = `item ${item.ratingKey} with file ${file}`;
    const others = this.#othersOf(file);
    const mayBeOthers = this.#world.engine.settings.preserve_plex_edits;
    for (const field of ['studio', 'summary'] as const) {
      const isOpen = expected[field] === '' || mayBeOthers;
      const allowed = [expected[field], ...(isOpen ? others.texts : [])];
      expect(allowed, `${field} of ${where}`).toContain(item.fields[field] ?? '');
    }
    if (expected.cover !== null) expect(item.selectedPoster, `poster of ${where}`).toBe(expected.cover);
    if (expected.title !== '') {
      const allowed = [expected.title, ...(mayBeOthers ? [...others.texts, ...this.#fileTitles(file)] : [])];
      expect(allowed, `title of ${where}`).toContain(item.title);
    }
    const [, titledFor] = /^Scene (\d+):/.exec(item.title) ?? [];
    if (titledFor !== undefined) expect([...this.#ownersOf(file)]).toContain(Number(titledFor));
    this.#checkNames(`genres of ${where}`, item.tags.genre, { ours: expected.genres, others });
    const actors = item.actors.map(({ name }) => name);
    this.#checkNames(`actors of ${where}`, actors, { ours: expected.actors, others });
  }

  #checkNames(
    where: string,
    names: readonly string[],
    { ours, others }: { readonly ours: readonly string[]; readonly others: Others },
  ): void {
    const shown = names.map(foldName).toSorted();
    const wanted = new Set(ours.map(foldName));
    const own = shown.filter((name) => wanted.has(name) || !others.names.has(name));
    // What a person has taken away stays away.
    if (this.#mayHaveRemoved(others)) for (const name of wanted) if (!own.includes(name)) wanted.delete(name);
    expect(own, `${where}, but for those of others`).toEqual([...wanted].toSorted());
    expect(new Set(shown).size, `${where}, each once`).toBe(shown.length);
  }

  /** Once the file has another name, nobody can tell such a title from one that a person gave. */
  #fileTitles(file: number): readonly string[] {
    return [...this.#fileAt].flatMap(([at, each]) => (each === file ? [path.parse(at).name] : []));
  }

  #mayHaveRemoved({ texts, names }: Others): boolean {
    return this.#world.engine.settings.preserve_plex_edits && texts.size + names.size > 0;
  }

  #keys(): readonly string[] {
    const { library } = this.#world.plex;
    return library.sections().flatMap(({ key }) => library.ratingKeys({ sectionKey: key }));
  }

  #othersOf(file: number): Others {
    const others = this.#others.get(file) ?? { texts: new Set(), names: new Set() };
    this.#others.set(file, others);
    return others;
  }

  #ownersOf(file: number): Set<number> {
    const owners = this.#owners.get(file) ?? new Set();
    this.#owners.set(file, owners);
    return owners;
  }
}
