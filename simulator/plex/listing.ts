import { type ApiRequest, badRequest, notFound, type Reply, type Route, tree } from './api.ts';
import type { Clock } from './clock.ts';
import { isOfType } from './edits.ts';
import { element } from './encoding.ts';
import { filterMeta } from './filterMeta.ts';
import { filterOf, sortOf } from './filters.ts';
import { type ItemSurroundings, listedElement } from './itemElement.ts';
import type { Library } from './library.ts';
import type { Section } from './model.ts';
import type { Switches } from './switches.ts';

/** Rating keys that answer one question, good until the section changes. */
interface Answer {
  readonly question: string;
  readonly revision: number;
  readonly keys: readonly string[];
}

/** Unpaged lists of large libraries take long: 25,000 items more than 10 s (plex reference §2). */
const SLOW_FROM = 1000;
const SLOW_MS_PER_ITEM = 0.4;

const PARAMETERS_OF_PAGING = /^X-Plex-/i;

export interface ListingSurroundings extends ItemSurroundings {
  readonly library: Library;
  readonly clock: Clock;
}

export function listingRoutes(around: ListingSurroundings): readonly Route[] {
  const lastAnswers = new Map<string, Answer>();

  /** Pages of one listing ask the same question again and again. */
  const keysFor = (section: Section, request: ApiRequest): readonly string[] | 'bad' => {
    const { library, switches } = around;
    const order = library.order(section.key);
    const asked = request.query.entries.filter(({ key }) => !PARAMETERS_OF_PAGING.test(key));
    const question = JSON.stringify([asked, switches.trashedInLists]);
    const last = lastAnswers.get(section.key);
    if (last?.question === question && last.revision === order.revision) return last.keys;
    const filter = filterOf(asked, switches);
    if (filter === 'bad') return 'bad';
    const type = request.query.get('type');
    const rows = type === undefined || isOfType(section, type) ? order.rows() : [];
    const isWanted = (key: string): boolean => {
      const item = filter.ofItem === null ? undefined : library.item(key);
      return filter.ofItem === null || (item !== undefined && filter.ofItem(item));
    };
    const found = rows.filter((row) => filter.ofRow(row) && isWanted(row.ratingKey));
    const keys = sortOf(request.query.get('sort'), found).map((row) => row.ratingKey);
    lastAnswers.set(section.key, { question, revision: order.revision, keys });
    return keys;
  };

  const list = async (request: ApiRequest, section: Section): Promise<Reply> => {
    const all = keysFor(section, request);
    if (all === 'bad') return badRequest;
    const limit = Number(request.query.get('limit') ?? all.length);
    const keys = all.slice(0, limit);
    const page = pageOf(request, keys.length, around.switches);
    if (page === null && around.switches.unpagedList === 'slow' && keys.length > SLOW_FROM) {
      await new Promise<void>((resolve) => around.clock.after(keys.length * SLOW_MS_PER_ITEM, resolve));
    }
    const view = {
      section,
      user: request.user,
      includeGuids: request.query.isOn('includeGuids'),
      checkFiles: false,
    };
    const shown = page === null ? keys : keys.slice(page.start, page.start + page.size);
    const items = shown
      .flatMap((key) => around.library.item(key) ?? [])
      .map((item) => listedElement(item, view, around));
    const meta = request.query.isOn('includeMeta') ? [filterMeta(section)] : [];
    const isTotalTold = page !== null || around.switches.totalSize === 'always';
    const attributes = {
      size: items.length,
      totalSize: isTotalTold ? keys.length : undefined,
      offset: page?.start,
      identifier: 'com.plexapp.plugins.library',
      librarySectionID: Number(section.key),
      librarySectionTitle: section.title,
      librarySectionUUID: section.uuid,
      viewGroup: section.type,
    };
    const headers: Record<string, string> =
      page === null
        ? {}
        : {
            'X-Plex-Container-Start': String(page.start),
            'X-Plex-Container-Total-Size': String(keys.length),
          };
    return { ...tree(element('MediaContainer', attributes, [...meta, ...items])), headers };
  };

  return [
    {
      methods: ['GET'],
      path: /^\/library\/sections\/(?<section>[^/]+)\/all$/,
      kind: 'index',
      isAdmin: false,
      handle: (request, { section = '' }) => {
        const named = around.library.section(section);
        return named === undefined ? notFound : list(request, named);
      },
    },
  ];
}

/** Null: everything in one piece. Headers and query count alike (plex reference §1). */
function pageOf(
  request: ApiRequest,
  total: number,
  switches: Switches,
): { readonly start: number; readonly size: number } | null {
  const given = (name: string): number | undefined => {
    const text = request.query.get(name) ?? request.headers[name.toLowerCase()];
    return typeof text === 'string' && /^\d+$/.test(text) ? Number(text) : undefined;
  };
  const start = given('X-Plex-Container-Start');
  const size = given('X-Plex-Container-Size');
  if (start === undefined && size === undefined) return null;
  const wanted = size ?? total;
  return { start: start ?? 0, size: switches.pageSize === 'at-most-50' ? Math.min(wanted, 50) : wanted };
}
