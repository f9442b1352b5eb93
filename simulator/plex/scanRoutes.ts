import type { Agent } from './agent.ts';
import { type ApiRequest, done, notFound, type Reply, type Route, tree } from './api.ts';
import { element } from './encoding.ts';
import type { Library } from './library.ts';
import type { Section } from './model.ts';
import { percentDecoded } from './query.ts';
import type { Scanner } from './scans.ts';

export function scanRoutes(library: Library, scanner: Scanner, agent: Agent): readonly Route[] {
  const scan = (request: ApiRequest, section: Section): void => {
    // Python-plexapi sends spaces as "+" here, and that works on a real server (plex reference §4).
    const raw = request.query.entries.findLast((entry) => entry.key === 'path')?.raw;
    scanner.request(section, raw === undefined ? null : percentDecoded(raw.replaceAll('+', ' ')));
    if (!request.query.isOn('force')) return;
    for (const item of library.itemsOf(section.key)) agent.refresh(item.ratingKey);
  };
  const withSection = (act: (request: ApiRequest, section: Section) => void): Route['handle'] => {
    return (request, { section = '' }): Reply => {
      const named = library.section(section);
      if (named === undefined) return notFound;
      act(request, named);
      return done;
    };
  };
  return [
    {
      methods: ['GET', 'POST'],
      path: /^\/library\/sections\/all\/refresh$/,
      kind: 'scans',
      isAdmin: true,
      handle: (request) => {
        for (const section of library.sections()) scan(request, section);
        return done;
      },
    },
    {
      methods: ['GET', 'POST'],
      path: /^\/library\/sections\/(?<section>\d+)\/refresh$/,
      kind: 'scans',
      isAdmin: true,
      handle: withSection(scan),
    },
    {
      methods: ['PUT'],
      path: /^\/library\/sections\/(?<section>\d+)\/emptyTrash$/,
      kind: 'scans',
      isAdmin: true,
      handle: withSection((_request, section) => scanner.emptyTrash(section)),
    },
    {
      methods: ['GET'],
      path: /^\/activities$/,
      kind: 'scans',
      isAdmin: true,
      handle: () => {
        const activities = scanner.activities().map(({ librarySectionID, ...shown }) => {
          const context = { ...element('Context', { librarySectionID }), json: { isSingle: true } };
          const children = librarySectionID === undefined ? [] : [context];
          return element('Activity', { ...shown, cancellable: false, userID: 1 }, children);
        });
        return tree(element('MediaContainer', { size: activities.length }, activities));
      },
    },
  ];
}
