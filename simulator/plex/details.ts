import { notFound, type Reply, type Route, tree } from './api.ts';
import { element } from './encoding.ts';
import { detailElement, type ItemSurroundings } from './itemElement.ts';
import type { Library } from './library.ts';

export interface DetailsSurroundings extends ItemSurroundings {
  readonly library: Library;
}

export function detailsRoutes(around: DetailsSurroundings): readonly Route[] {
  const { library, switches } = around;
  return [
    {
      methods: ['GET'],
      path: /^\/library\/metadata\/(?<ids>[\d,]+)$/,
      kind: 'details',
      isAdmin: false,
      handle: ({ query, user }, { ids = '' }): Reply => {
        const keys = ids.split(',');
        const items = keys.flatMap((key) => library.item(key) ?? []);
        const isIncomplete = items.length < keys.length && switches.badIdInDetails === '404';
        if (items.length === 0 || isIncomplete) return notFound;
        const elements = items.flatMap((item) => {
          const section = library.section(item.sectionKey);
          if (section === undefined) return [];
          const view = { section, user, includeGuids: true, checkFiles: query.isOn('checkFiles') };
          return [detailElement(item, view, around)];
        });
        const { sectionKey } = items[0] ?? {};
        const section = sectionKey === undefined ? undefined : library.section(sectionKey);
        const attributes = {
          size: elements.length,
          identifier: 'com.plexapp.plugins.library',
          librarySectionID: section && Number(section.key),
          librarySectionTitle: section?.title,
          librarySectionUUID: section?.uuid,
        };
        return tree(element('MediaContainer', attributes, elements), true);
      },
    },
  ];
}
