import { afterEach } from 'vitest';
import type { ItemState } from '../../simulator/plex/libraryAccess.ts';
import type { LoggedRequest } from '../../simulator/plex/requestLog.ts';
import type { Switches } from '../../simulator/plex/switches.ts';
import type { Settings } from '../../src/core/settings/table.ts';
import { openWorld, type World, type WorldOptions } from '../world/world.ts';

/**
 * To be called once in a test file. Whatever a test was about: nothing that PlexSync must never do was asked
 * of Plex in it.
 */
export function worldOfEachTest(): (options?: WorldOptions) => Promise<World> {
  const opened: World[] = [];
  afterEach(async () => {
    const worlds = opened.splice(0);
    try {
      for (const world of worlds) world.plex.log.assertHarmless();
    } finally {
      for (const world of worlds) await world.close();
    }
  });
  return async (options) => {
    const world = await openWorld(options);
    opened.push(world);
    return world;
  };
}

interface PlexSide {
  readonly name: string;
  readonly plex: Partial<Switches>;
}

/** What nobody knows of Plex and a write hangs on, each switch on either side, in four mixtures. */
export const PLEX_SIDES: readonly PlexSide[] = [
  { name: 'whose tag writes append', plex: { tagWrite: 'append', tagsVisible: 'at-once' } },
  { name: 'whose tag writes replace', plex: { tagWrite: 'replace', tagsVisible: 'at-once' } },
  {
    name: 'whose tag writes append, show late and drop duplicates, and whose values need a lock',
    plex: {
      tagWrite: 'append',
      tagsVisible: 'all-late',
      duplicateTags: 'dropped',
      valueWithoutLock: 'no-effect',
      badIdInDetails: '404',
      badIdInEdit: '404',
      tagOrder: 'by-name',
      jsonNumbers: 'numbers',
    },
  },
  {
    name: 'whose tag writes replace, show late and keep what it is not told of, and which hears “+” as itself',
    plex: {
      tagWrite: 'replace',
      tagsVisible: 'all-late',
      resentActor: 'keeps-role',
      personPhoto: 'kept',
      plusInQuery: 'literal',
      tagSpaces: 'kept',
      emptyTag: 'created',
      clearAllTags: 'ignored',
      pageSize: 'at-most-50',
    },
  },
];

/** Settings under which a scene with everything writes every field that there is. */
export const EVERY_FIELD = {
  sort_title_template: '{studio} {date}',
  sync_original_title: true,
  tagline_template: '{groups}',
  content_rating: 'XXX',
  rating: 'stars',
  performer_role: 'disambiguation',
  performer_photo: 'https://photos.example/{performer}.jpg',
  studio_collection: true,
  group_collections: true,
  tag_collections: ['Series'],
  labels: ['Stash'],
  organized_label: 'Organized',
  tag_labels: ['Rain'],
} as const satisfies Partial<Settings>;

/** As it truly is in Plex, whatever details show yet. */
export function itemAt(world: World, number: number): ItemState {
  const item = world.plex.library.read(world.itemKey(number));
  if (item === null) throw new Error(`Plex has no item for scene ${number}`);
  return item;
}

/** Everything that is due now and everything that is read once more within the time edits may take to show. */
export async function settle(world: World): Promise<void> {
  await world.workFor(10_000);
}

/** The stars that the user of our token gave; null for none. */
export const userRatingOf = (world: World, number: number): number | null =>
  world.plex.library.userRating(world.itemKey(number));

/** The comparison of everything begins, or goes on, by so many pages of 500; nothing else happens meanwhile. */
export async function comparePages(world: World, pages: number): Promise<void> {
  const { reconcile } = world.engine;
  if ((await reconcile.status()).running?.startedAt === null) await reconcile.tick();
  for (let page = 0; page < pages; page++) await reconcile.tick();
}

/** What was asked of Plex meanwhile. */
export async function requestsDuring(
  world: World,
  act: () => Promise<unknown>,
): Promise<readonly LoggedRequest[]> {
  const before = world.plex.log.requests.length;
  await act();
  return world.plex.log.requests.slice(before);
}

export const editsAmong = (requests: readonly LoggedRequest[]): readonly LoggedRequest[] =>
  requests.filter((request) => request.kind === 'edits');

/** Ids of tags of these names, made where missing. */
export function tagIds(world: World, names: readonly string[]): readonly number[] {
  const { tags } = world.stash.library;
  return names.map(
    (name) => (tags.all().find((row) => row.name === name) ?? world.stash.library.addTag({ name })).id,
  );
}

/** Ids of performers of these names, made where missing. */
export function performerIds(world: World, names: readonly string[]): readonly number[] {
  const { performers } = world.stash.library;
  return names.map(
    (name) =>
      (performers.all().find((row) => row.name === name) ?? world.stash.library.addPerformer({ name })).id,
  );
}

/** Id of a studio of this name, made where missing. */
export function studioId(world: World, name: string): number {
  const { studios } = world.stash.library;
  return (studios.all().find((row) => row.name === name) ?? world.stash.library.addStudio({ name })).id;
}

/** Messages of this level, without the rest of their lines. */
export function messagesOf(world: World, level: 'warn' | 'info' | 'error'): readonly string[] {
  return world.log.lines
    .map((line): unknown => JSON.parse(line))
    .flatMap((line) =>
      typeof line === 'object' && line !== null && 'level' in line && 'msg' in line && line.level === level
        ? [String(line.msg)]
        : [],
    );
}
