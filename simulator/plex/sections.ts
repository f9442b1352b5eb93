import { notFound, type Route, tree } from './api.ts';
import { type Element, element } from './encoding.ts';
import { FILTERABLE_KINDS, filterMeta } from './filterMeta.ts';
import type { Library } from './library.ts';
import type { Section, TagKind } from './model.ts';

/** The libraries themselves, and what they can be filtered by. */
export function sectionRoutes(library: Library): readonly Route[] {
  const choices = (section: Section, kind: TagKind): readonly Element[] => {
    const ids = new Set<number>();
    for (const item of library.itemsOf(section.key))
      for (const { tagId } of item.tags[kind] ?? []) ids.add(tagId);
    return [...ids].map((id) =>
      element('Directory', {
        key: String(id),
        title: library.tags.get(id).name,
        fastKey: `/library/sections/${section.key}/all?${kind}=${id}`,
      }),
    );
  };
  return [
    {
      methods: ['GET'],
      path: /^\/library$/,
      kind: 'server',
      isAdmin: false,
      handle: () => tree(element('MediaContainer', { size: 0, identifier: 'com.plexapp.plugins.library' })),
    },
    {
      methods: ['GET'],
      path: /^\/library\/sections$/,
      kind: 'index',
      isAdmin: false,
      handle: () => {
        const sections = library.sections().map(sectionElement);
        return tree(element('MediaContainer', { size: sections.length, title1: 'Plex Library' }, sections));
      },
    },
    {
      // Python-plexapi asks what collections can be filtered by before it filters anything.
      methods: ['GET'],
      path: /^\/library\/sections\/(?<section>[^/]+)\/collections$/,
      kind: 'other',
      isAdmin: false,
      handle: (_request, { section = '' }) => {
        const named = library.section(section);
        if (named === undefined) return notFound;
        return tree(element('MediaContainer', { size: 0, totalSize: 0 }, [filterMeta(named)]));
      },
    },
    {
      methods: ['GET'],
      path: new RegExp(`^/library/sections/(?<section>[^/]+)/(?<kind>${FILTERABLE_KINDS.join('|')})$`),
      kind: 'other',
      isAdmin: false,
      handle: (_request, { section = '', kind }) => {
        const named = library.section(section);
        const known = FILTERABLE_KINDS.find((one) => one === kind);
        if (named === undefined || known === undefined) return notFound;
        const found = choices(named, known);
        return tree(element('MediaContainer', { size: found.length }, found));
      },
    },
  ];
}

const sectionElement = (section: Section): Element =>
  element(
    'Directory',
    {
      key: section.key,
      type: section.type,
      title: section.title,
      agent: section.agent,
      scanner: section.scanner,
      language: 'en-US',
      uuid: section.uuid,
      refreshing: section.isRefreshing,
      createdAt: section.createdAt,
      scannedAt: section.scannedAt,
      updatedAt: section.scannedAt,
      content: true,
      directory: true,
      filters: true,
      hidden: 0,
    },
    section.locations.map((path, index) => element('Location', { id: index + 1, path })),
  );
