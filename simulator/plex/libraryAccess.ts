import type { AgentAnswer } from './agent.ts';
import type { User } from './api.ts';
import { type Clock, epochSeconds } from './clock.ts';
import { type ActorInput, type FileInput, type ItemInput, versionsOf } from './itemInput.ts';
import { filesOf, type SectionInput } from './library.ts';
import { mergeItems, splitItem } from './merging.ts';
import {
  effectiveTitleSort,
  type Item,
  type Scalar,
  type Section,
  TAG_KIND_NAMES,
  type TagKind,
} from './model.ts';
import { deletionEntry, TIMELINE_STATES, timelineEntry } from './notifications.ts';
import type { PlexServer } from './plexServer.ts';
import type { Stream } from './sessions.ts';
import type { Switches } from './switches.ts';

/** An item as it truly is, whatever details show yet. */
export interface ItemState {
  readonly ratingKey: string;
  readonly sectionKey: string;
  readonly guid: string;
  readonly title: string;
  readonly titleSort: string;
  /** Without those that are empty. */
  readonly fields: Item['fields'];
  readonly tags: { readonly [Kind in TagKind]: readonly string[] };
  readonly actors: readonly Required<ActorInput>[];
  readonly locks: readonly string[];
  readonly files: readonly string[];
  readonly selectedPoster: string | null;
  readonly selectedArt: string | null;
  readonly posters: readonly string[];
  /** Epoch s. */
  readonly updatedAt: number | null;
  /** Epoch s. */
  readonly addedAt: number;
  /** Epoch s. */
  readonly deletedAt: number | null;
}

/** What a person changes in Plex Web; every field named is locked by it. An empty value clears. */
export interface PersonEdit {
  readonly fields?: { readonly [Name in Scalar]?: string };
  /** Whole lists. */
  readonly tags?: { readonly [Kind in Exclude<TagKind, 'actor'>]?: readonly string[] };
  readonly actors?: readonly ActorInput[];
  /** Selected, and uploaded where Plex does not have it yet. */
  readonly poster?: string;
  readonly unlock?: readonly string[];
}

const OWNER: User = { id: 1, isOwner: true };

/** The hands of a test: what happens in and around a library without any request of the client. */
export class LibraryAccess {
  readonly #plex: PlexServer;
  readonly #clock: Clock;
  readonly #switches: Switches;

  constructor(plex: PlexServer, switches: Switches, clock: Clock) {
    this.#plex = plex;
    this.#switches = switches;
    this.#clock = clock;
  }

  sections(): readonly Section[] {
    return this.#plex.library.sections();
  }

  addSection(input: SectionInput): Section {
    return this.#plex.library.addSection(input);
  }

  /** Deleted and made again: same name and files, other key, uuid and rating keys. */
  recreateSection(sectionKey: string): Section {
    const { library } = this.#plex;
    const section = this.#section(sectionKey);
    const items = [...library.itemsOf(sectionKey)].map(
      (item): ItemInput => ({ versions: versionsOf(item.media) }),
    );
    library.removeSection(sectionKey);
    return library.addSection({ ...section, items });
  }

  /** Of a section in its order, or of the items with a part at a path. */
  ratingKeys(of: { readonly sectionKey: string } | { readonly path: string }): readonly string[] {
    if ('path' in of) return this.#plex.library.keysAt(of.path);
    return this.#plex.library
      .order(of.sectionKey)
      .rows()
      .map((row) => row.ratingKey);
  }

  /** Null when there is no such item. */
  read(ratingKey: string): ItemState | null {
    const item = this.#plex.library.item(ratingKey);
    return item === undefined ? null : this.#stateOf(item);
  }

  /** As if found and analysed by a scan. */
  addItem(sectionKey: string, input: ItemInput): string {
    const item = this.#plex.library.add(sectionKey, input);
    this.#plex.notifications.timeline([
      timelineEntry(item, TIMELINE_STATES.created, { metadataState: 'created' }),
    ]);
    this.#plex.announce([item]);
    return item.ratingKey;
  }

  removeItem(ratingKey: string): void {
    const item = this.#item(ratingKey);
    this.#plex.library.remove(ratingKey);
    this.#plex.notifications.timeline([deletionEntry(item, this.#switches)]);
  }

  editAsPerson(ratingKey: string, edit: PersonEdit): void {
    const item = this.#item(ratingKey);
    const { tags } = this.#plex.library;
    const fields: { -readonly [Name in Scalar]?: string } = { ...item.fields, ...edit.fields };
    for (const [name, value] of Object.entries(fields)) if (value === '') delete fields[name as Scalar];
    const lists = TAG_KIND_NAMES.flatMap((kind) => {
      const names = kind === 'actor' ? undefined : edit.tags?.[kind];
      if (names === undefined) return [];
      return [
        [
          kind,
          names.map((name) => ({ tagId: tags.write(kind, name, item.sectionKey).id, text: '' })),
        ] as const,
      ];
    });
    const actors = edit.actors?.map(({ name, role = '', thumb }) => {
      const { id } = tags.write('actor', name, item.sectionKey);
      if (thumb !== undefined) tags.setThumb(id, thumb);
      return { tagId: id, text: role };
    });
    const named = [...Object.keys(edit.fields ?? {}), ...Object.keys(edit.tags ?? {})];
    const locks = new Set([
      ...item.locks,
      ...named,
      ...(actors === undefined ? [] : ['actor']),
      ...(edit.poster === undefined ? [] : ['thumb']),
    ]);
    for (const name of edit.unlock ?? []) locks.delete(name);
    const changed: Item = {
      ...item,
      images: imagesWith(item, edit.poster),
      fields,
      tags: {
        ...item.tags,
        ...Object.fromEntries(lists),
        ...(actors === undefined ? {} : { actor: actors }),
      },
      lateTags: null,
      locks: [...locks],
      updatedAt: epochSeconds(this.#clock),
    };
    this.#plex.library.put(changed);
    this.#plex.announce([changed]);
  }

  /** The stars of the owner; null for none. */
  userRating(ratingKey: string): number | null {
    return this.#plex.states.of(OWNER, ratingKey).userRating;
  }

  rateAsPerson(ratingKey: string, userRating: number | null): void {
    const item = this.#item(ratingKey);
    this.#plex.states.change(OWNER, ratingKey, { userRating });
    this.#plex.announce([item]);
  }

  /** As a clean of Plex's bundles does it with what is not selected. */
  forgetOtherPosters(ratingKey: string): void {
    const item = this.#item(ratingKey);
    const { selected } = item.images.poster;
    const keys = item.images.poster.keys.filter((key) => key === selected);
    this.#plex.library.put({ ...item, images: { ...item.images, poster: { keys, selected } } });
  }

  addFile(file: FileInput): void {
    this.#plex.disk.add(file);
  }

  removeFile(path: string): void {
    this.#plex.disk.remove(path);
  }

  /** On the disk alone: what Plex makes of it the next scan tells. */
  renameFile(from: string, to: string): void {
    const parts = this.#plex.library
      .keysAt(from)
      .flatMap((key) => this.#item(key).media.flatMap((media) => media.parts))
      .filter((part) => part.file === from);
    const [part] = parts;
    if (part === undefined) throw new Error(`no item has the file ${from}`);
    this.#plex.disk.remove(from);
    this.#plex.disk.add({ path: to, size: part.size, durationMs: part.durationMs });
  }

  unmount(folder: string): void {
    this.#plex.disk.unmount(folder);
  }

  mount(folder: string): void {
    this.#plex.disk.mount(folder);
  }

  /** Somebody begins to watch. @returns the key of the session. */
  play(ratingKey: string): string {
    return this.#plex.sessions.begin({ ratingKey: this.#item(ratingKey).ratingKey, state: 'playing' });
  }

  setPlaying(session: string, state: Stream['state']): void {
    this.#plex.sessions.change(session, state);
  }

  stopPlaying(session: string): void {
    this.#plex.sessions.end(session);
  }

  /** A scan that takes as long as a test wants, and finds nothing. */
  setRefreshing(sectionKey: string, isRefreshing: boolean): void {
    this.#plex.library.updateSection({ ...this.#section(sectionKey), isRefreshing });
  }

  /** As the server's own schedule does it. */
  scan(sectionKey: string, folder: string | null = null): void {
    this.#plex.scanner.request(this.#section(sectionKey), folder);
  }

  agentKnows(path: string, answer: AgentAnswer): void {
    this.#plex.agent.knows(path, answer);
  }

  /** As the agents' schedule does it. */
  refresh(ratingKey: string): void {
    this.#plex.agent.refresh(ratingKey);
  }

  merge(kept: string, others: readonly string[]): void {
    const items = others.map((key) => this.#item(key));
    mergeItems(this.#item(kept), items, { ...this.#plex, switches: this.#switches });
  }

  split(ratingKey: string): void {
    splitItem(this.#item(ratingKey), { ...this.#plex, switches: this.#switches });
  }

  /** Another server answers on the same address. */
  replaceServer(machineIdentifier: string): void {
    this.#plex.identity.machineIdentifier = machineIdentifier;
  }

  revokeToken(token: string): void {
    this.#plex.users.delete(token);
  }

  /** Makes it the owner's. */
  acceptToken(token: string, { isOwner = true }: { readonly isOwner?: boolean } = {}): void {
    this.#plex.users.set(token, isOwner ? OWNER : { id: 2, isOwner });
  }

  #item(ratingKey: string): Item {
    const item = this.#plex.library.item(ratingKey);
    if (item === undefined) throw new Error(`no item ${ratingKey}`);
    return item;
  }

  #section(key: string): Section {
    const section = this.#plex.library.section(key);
    if (section === undefined) throw new Error(`no section ${key}`);
    return section;
  }

  #stateOf(item: Item): ItemState {
    const { tags } = this.#plex.library;
    const names = TAG_KIND_NAMES.map((kind) => [
      kind,
      (item.tags[kind] ?? []).map((one) => tags.get(one.tagId).name),
    ]);
    return {
      ratingKey: item.ratingKey,
      sectionKey: item.sectionKey,
      guid: item.guid,
      title: item.fields.title ?? '',
      titleSort: effectiveTitleSort(item.fields),
      fields: item.fields,
      tags: Object.fromEntries(names) as ItemState['tags'],
      actors: (item.tags.actor ?? []).map(({ tagId, text }) => {
        const { name, thumb } = tags.get(tagId);
        return { name, role: text, thumb };
      }),
      locks: item.locks,
      files: filesOf(item),
      selectedPoster: item.images.poster.selected,
      selectedArt: item.images.art.selected,
      posters: item.images.poster.keys,
      updatedAt: item.updatedAt,
      addedAt: item.addedAt,
      deletedAt: item.deletedAt,
    };
  }
}

function imagesWith({ images }: Item, poster: string | undefined): Item['images'] {
  if (poster === undefined) return images;
  return { ...images, poster: { keys: [...new Set([...images.poster.keys, poster])], selected: poster } };
}
