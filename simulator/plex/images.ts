import { createHash } from 'node:crypto';
import {
  type ApiRequest,
  badRequest,
  done,
  htmlPage,
  notFound,
  type Reply,
  type Route,
  tree,
} from './api.ts';
import { type Clock, epochSeconds } from './clock.ts';
import { element, metadata } from './encoding.ts';
import type { Library } from './library.ts';
import { IMAGE_KINDS, type ImageKind, type Item } from './model.ts';
import { isPrivateUrl } from './privateUrl.ts';
import type { Switches } from './switches.ts';

/** Kometa skips larger ones (plex reference §3.6). */
const MAX_IMAGE_BYTES = 10_480_000;
const FETCH_TIMEOUT_MS = 5000;

const SIGNATURES: readonly RegExp[] = [/^\x89PNG\r\n/, /^\xff\xd8\xff/, /^GIF8/, /^RIFF[^]{4}WEBP/];

const isImage = (bytes: Buffer): boolean => {
  const head = bytes.subarray(0, 12).toString('latin1');
  return bytes.length <= MAX_IMAGE_BYTES && SIGNATURES.some((signature) => signature.test(head));
};

export interface ImageSurroundings {
  readonly library: Library;
  readonly switches: Switches;
  readonly clock: Clock;
  readonly announce: (items: readonly Item[]) => void;
}

export function imageRoutes(around: ImageSurroundings): readonly Route[] {
  const { library, switches, clock, announce } = around;

  const accepted = (item: Item): Reply => {
    if (switches.posterReply === 'empty') return done;
    return {
      status: 200,
      body: { kind: 'text', contentType: 'text/html', text: `/library/metadata/${item.ratingKey}` },
    };
  };

  const put = (
    item: Item,
    kind: ImageKind,
    change: { keys: readonly string[]; selected: string | null },
  ): void => {
    const changed = { ...item, images: { ...item.images, [kind]: change }, updatedAt: epochSeconds(clock) };
    library.put(changed);
    announce([changed]);
  };

  const store = (item: Item, kind: ImageKind, bytes: Buffer): Reply => {
    if (!isImage(bytes)) return htmlPage(Number(switches.badImage));
    const name = createHash(switches.uploadNames === 'sha1' ? 'sha1' : 'md5').update(bytes);
    const key = `upload://${kind}s/${name.digest('hex')}`;
    const { keys, selected } = item.images[kind];
    const isNew = !keys.includes(key);
    const isSelected = isNew || switches.repeatedUpload === 'selects';
    const lock = IMAGE_KINDS[kind];
    const locks = switches.uploadLocks === 'locks' ? [...new Set([...item.locks, lock])] : item.locks;
    put({ ...item, locks }, kind, {
      keys: isNew ? [...keys, key] : keys,
      selected: isSelected ? key : selected,
    });
    return accepted(item);
  };

  const upload = async (request: ApiRequest, item: Item, kind: ImageKind): Promise<Reply> => {
    const url = request.query.get('url');
    if (url === undefined) return store(item, kind, request.body);
    const isRefused = switches.privateUrls === 'refused' && isPrivateUrl(url);
    const bytes = isRefused ? null : await fetched(url);
    if (bytes === null) return switches.unreachableImage === '200' ? done : badRequest;
    // The item may have changed, or gone, while the image was on its way.
    const current = library.item(item.ratingKey);
    return current === undefined ? notFound : store(current, kind, bytes);
  };

  const routesOf = (kind: ImageKind): readonly Route[] => {
    const route = (
      methods: readonly string[],
      name: string,
      act: (request: ApiRequest, item: Item) => Reply | Promise<Reply>,
    ): Route => ({
      methods,
      path: new RegExp(`^/library/metadata/(?<key>\\d+)/${name}$`),
      kind: 'images',
      isAdmin: !methods.includes('GET'),
      handle: (request, { key = '' }) => {
        const item = library.item(key);
        return item === undefined ? notFound : act(request, item);
      },
    });
    return [
      route(['GET'], `${kind}s`, (_request, item) => imageList(item, kind)),
      route(['POST'], `${kind}s`, (request, item) => upload(request, item, kind)),
      route(['PUT'], kind, (request, item) => {
        const { keys } = item.images[kind];
        const chosen = keys.find((key) => key === request.query.get('url'));
        if (chosen === undefined) return notFound;
        put(item, kind, { keys, selected: chosen });
        return accepted(item);
      }),
    ];
  };
  return [...routesOf('poster'), ...routesOf('art')];
}

function imageList(item: Item, kind: ImageKind): Reply {
  const { keys, selected } = item.images[kind];
  const photos = keys.map((key) => {
    const file = `/library/metadata/${item.ratingKey}/file?url=${encodeURIComponent(key)}`;
    return metadata(
      element('Photo', {
        key: file,
        ratingKey: key,
        thumb: file,
        selected: key === selected,
        provider: 'local',
      }),
    );
  });
  return tree(element('MediaContainer', { size: photos.length }, photos));
}

/** Null when the server could not get it. */
async function fetched(url: string): Promise<Buffer | null> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(FETCH_TIMEOUT_MS) });
    return response.ok ? Buffer.from(await response.arrayBuffer()) : null;
  } catch {
    return null;
  }
}
