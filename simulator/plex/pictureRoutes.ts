import { type ApiRequest, notFound, type Reply, type Route } from './api.ts';
import type { Library } from './library.ts';
import { paintedPng } from './paintedPng.ts';
import type { Switches } from './switches.ts';

/** Posters to look at: as they are, and made smaller. What was uploaded is painted like any other. */
export function pictureRoutes({
  library,
  switches,
}: {
  readonly library: Library;
  readonly switches: Switches;
}): readonly Route[] {
  const shown = (path: string): Reply => {
    const [, key = ''] = THUMB.exec(path) ?? [];
    const selected = library.item(key)?.images.poster.selected ?? null;
    if (selected === null) return notFound;
    const bytes = paintedPng(`${key} ${selected}`);
    return { status: 200, body: { kind: 'picture', contentType: 'image/png', bytes } };
  };
  const route = (path: RegExp, pathOf: (request: ApiRequest) => string): Route => ({
    methods: ['GET'],
    path,
    kind: 'images',
    isAdmin: false,
    handle: (request) => shown(pathOf(request)),
  });
  return [
    route(THUMB, ({ path }) => path),
    route(/^\/photo\/:\/transcode$/, ({ query }) =>
      switches.pictureResizing === 'works' ? (query.get('url') ?? '') : '',
    ),
  ];
}

const THUMB = /^\/library\/metadata\/(\d+)\/thumb\/\d+$/;
