import { type ApiRequest, badRequest, done, notFound, type Reply, type Route } from './api.ts';
import { type Clock, epochSeconds } from './clock.ts';
import { visibleTags } from './itemElement.ts';
import type { Library } from './library.ts';
import {
  effectiveTitleSort,
  type Item,
  SCALARS,
  type Scalar,
  type Section,
  TAG_KIND_NAMES,
  type TagKind,
} from './model.ts';
import type { PlayStates } from './playState.ts';
import type { QueryEntry } from './query.ts';
import type { Switches } from './switches.ts';
import { type TagEdit, tagEditsFrom, withTagEdit } from './tagEdits.ts';

/** How long tag changes stay invisible where they do (plex reference §3.8). */
const TAG_DELAY_MS = 1500;

/** What can be locked beside fields and tags. */
const OTHER_LOCKS = ['userRating', 'addedAt', 'thumb', 'art', 'theme', 'clearLogo', 'squareArt'] as const;
const LOCKS: ReadonlySet<string> = new Set([...SCALARS, ...TAG_KIND_NAMES, ...OTHER_LOCKS]);

/** One request's wishes; what is unknown or malformed is left out, as Plex answers 200 to it all the same. */
interface Edit {
  readonly values: ReadonlyMap<string, string>;
  readonly locks: ReadonlyMap<string, boolean>;
  readonly tags: ReadonlyMap<TagKind, TagEdit>;
}

function editFrom(entries: readonly QueryEntry[], switches: Switches): Edit {
  const values = new Map<string, string>();
  const locks = new Map<string, boolean>();
  for (const { key, value } of entries) {
    const [, name = '', part] = /^(\w+)\.(value|locked)$/.exec(key) ?? [];
    if (!LOCKS.has(name)) continue;
    if (part === 'locked') locks.set(name, value === '1');
    else values.set(name, value);
  }
  const tags = tagEditsFrom(entries, switches);
  for (const name of [...values.keys(), ...tags.keys()]) {
    if (!locks.has(name) && switches.valueWithoutLock === 'locks') locks.set(name, true);
  }
  for (const name of [...values.keys()]) if (!locks.has(name)) values.delete(name);
  return { values, locks, tags };
}

export interface EditSurroundings {
  readonly library: Library;
  readonly switches: Switches;
  readonly clock: Clock;
  readonly states: PlayStates;
  /** Tells listeners, after the fact. */
  readonly announce: (items: readonly Item[]) => void;
}

function edited(item: Item, edit: Edit, around: EditSurroundings & { isSingle: boolean }): Item {
  const { clock, switches } = around;
  const locks = new Set(item.locks);
  for (const [name, isLocked] of edit.locks) {
    if (isLocked) locks.add(name);
    else locks.delete(name);
  }
  const addedAt = edit.values.get('addedAt') ?? '';
  return {
    ...item,
    ...editedTags(item, edit, around),
    fields: editedFields(item, edit.values, switches),
    locks: [...locks],
    addedAt: /^\d+$/.test(addedAt) ? Number(addedAt) : item.addedAt,
    // Whole seconds: two edits within one cannot be told apart by it.
    updatedAt: Math.max(epochSeconds(clock), item.updatedAt ?? 0),
  };
}

const VALID: { readonly [Name in Scalar]?: RegExp } = {
  originallyAvailableAt: /^(\d{4}-\d\d-\d\d)?$/,
  year: /^(\d{1,4})?$/,
  rating: /^(10(\.0+)?|\d(\.\d+)?)?$/,
  audienceRating: /^(10(\.0+)?|\d(\.\d+)?)?$/,
};

function editedFields(item: Item, values: Edit['values'], switches: Switches): Item['fields'] {
  const fields: { -readonly [Name in Scalar]?: string } = { ...item.fields };
  if (values.has('title') && !item.locks.includes('titleSort')) {
    if (switches.titleSortAfterTitleEdit === 'kept') fields.titleSort = effectiveTitleSort(item.fields);
    else delete fields.titleSort;
  }
  for (const name of SCALARS) {
    const value = values.get(name);
    if (value === undefined || VALID[name]?.test(value) === false) continue;
    if (name === 'year' && switches.yearEdit === 'ignored') continue;
    if (value === '') delete fields[name];
    else fields[name] = value;
  }
  // The year follows the date (plex reference §3.2).
  const date = values.has('originallyAvailableAt') ? fields.originallyAvailableAt : undefined;
  if (date !== undefined && !values.has('year') && !item.locks.includes('year'))
    fields.year = date.slice(0, 4);
  return fields;
}

function editedTags(
  item: Item,
  edit: Edit,
  around: EditSurroundings & { isSingle: boolean },
): Pick<Item, 'tags' | 'lateTags'> {
  const { clock, library, switches } = around;
  const { sectionKey } = item;
  const changed = [...edit.tags].map(([kind, tagEdit]) => {
    const place = { kind, sectionKey, tags: library.tags, switches, isSingle: around.isSingle };
    return [kind, withTagEdit(item.tags[kind] ?? [], tagEdit, place)] as const;
  });
  if (changed.length === 0) return { tags: item.tags, lateTags: item.lateTags };
  const tags = { ...item.tags, ...Object.fromEntries(changed) };
  const now = clock.now();
  const seen = visibleTags(item, now);
  const until = now + TAG_DELAY_MS;
  switch (switches.tagsVisible) {
    case 'at-once':
      return { tags, lateTags: null };
    case 'all-late':
      return { tags, lateTags: { until, tags: seen } };
    case 'labels-late':
      return {
        tags,
        lateTags: edit.tags.has('label') ? { until, tags: withLabelsOf(seen, tags) } : lateLabels(item, tags),
      };
  }
}

/** What has shown stays shown, also when the clock is set back. */
function showLater({ ratingKey, lateTags }: Item, { library, clock }: EditSurroundings): void {
  if (lateTags === null) return;
  clock.after(lateTags.until - clock.now(), () => {
    const item = library.item(ratingKey);
    if (item?.lateTags?.until === lateTags.until) library.put({ ...item, lateTags: null });
  });
}

const withLabelsOf = (seen: Item['tags'], tags: Item['tags']): Item['tags'] => ({
  ...tags,
  label: seen.label ?? [],
});

/** Other tags changed while labels are still on their way. */
const lateLabels = (item: Item, tags: Item['tags']): Item['lateTags'] =>
  item.lateTags && { until: item.lateTags.until, tags: withLabelsOf(item.lateTags.tags, tags) };

const TYPE_NUMBERS = { movie: '1', show: '2', artist: '8', photo: '13' } as const;

export const isOfType = (section: Section, type: string): boolean => TYPE_NUMBERS[section.type] === type;

export function editRoutes(around: EditSurroundings): readonly Route[] {
  const apply = (request: ApiRequest, items: readonly Item[], isSingle: boolean): Reply => {
    const edit = editFrom(request.query.entries, around.switches);
    const changed = items.map((item) => edited(item, edit, { ...around, isSingle }));
    const rating = edit.values.get('userRating');
    for (const item of changed) {
      around.library.put(item);
      showLater(item, around);
      if (rating !== undefined && !Number.isNaN(Number(rating))) {
        around.states.change(request.user, item.ratingKey, {
          userRating: rating === '' ? null : Number(rating),
        });
      }
    }
    around.announce(changed);
    return done;
  };

  const editIn = (request: ApiRequest, section: Section): Reply => {
    const { library, switches } = around;
    const type = request.query.get('type') ?? '';
    if (type === '' && switches.missingTypeInEdit === '400') return badRequest;
    const isType = type === '' || isOfType(section, type);
    const ids = [...new Set(request.query.list('id'))];
    // Without an id Plex edits everything in the library (plex reference §3.1).
    if (ids.length === 0) return apply(request, isType ? [...library.itemsOf(section.key)] : [], false);
    const found = ids
      .flatMap((id) => library.item(id) ?? [])
      .filter((item) => item.sectionKey === section.key);
    const named = isType ? found : [];
    if (named.length < ids.length && switches.badIdInEdit === '404') return notFound;
    return apply(request, named, ids.length === 1);
  };

  return [
    {
      methods: ['PUT'],
      path: /^\/library\/sections\/(?<section>[^/]+)\/all$/,
      kind: 'edits',
      isAdmin: true,
      handle: (request, { section = '' }) => {
        const named = around.library.section(section);
        return named === undefined ? notFound : editIn(request, named);
      },
    },
    {
      methods: ['PUT'],
      path: /^\/library\/metadata\/(?<ids>[\d,]+)$/,
      kind: 'edits',
      isAdmin: true,
      handle: (request, { ids = '' }) => {
        const keys = ids.split(',');
        const items = keys.flatMap((key) => around.library.item(key) ?? []);
        return items.length < keys.length ? notFound : apply(request, items, keys.length === 1);
      },
    },
    {
      // The library itself is not edited here; Plex complains of a missing agent (plex reference §3.1).
      methods: ['PUT'],
      path: /^\/library\/sections\/\d+$/,
      kind: 'edits',
      isAdmin: true,
      handle: () => badRequest,
    },
  ];
}
