import type { SceneId } from '../core/ids.ts';
import { formatOf, type ImageFormat } from '../core/images/imageFormat.ts';
import type { ItemKey } from '../core/item.ts';
import { type Result, succeed } from '../core/result.ts';
import type { Engine } from './engine.ts';

/** For a page that shows many: what is edited meanwhile needs the connections, too. */
const AT_ONCE = 2;

export interface Picture {
  readonly bytes: Uint8Array;
  /** `image/jpeg`: by the bytes, not by what anybody says of them. */
  readonly type: string;
}

/** Pictures of both sides for people to look at. Null: there is none, or none to be shown. */
export interface Pictures {
  /** The poster of an item that the index or a link knows; no other is asked for. */
  ofItem(item: ItemKey): Promise<Result<Picture | null>>;
  ofScene(scene: SceneId): Promise<Result<Picture | null>>;
}

/** Drawings may hold scripts, and Stash draws one for a scene without a cover. */
const SHOWN: { readonly [Format in ImageFormat]?: string } = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  gif: 'image/gif',
  avif: 'image/avif',
};

export function picturesOf({
  store,
  stash,
  plex,
  gate,
}: Pick<Engine, 'store' | 'stash' | 'plex' | 'gate'>): Pictures {
  const inTurn = fewAtOnce(AT_ONCE);
  const isKnown = async (item: ItemKey): Promise<boolean> =>
    (await store.index.partsOf([item])).length > 0 || (await store.links.ofItems([item])).length > 0;
  return {
    ofItem: (item) =>
      inTurn(async () => {
        if (!(await isKnown(item)) || !(await gate.mayAsk('plex'))) return succeed(null);
        const poster = await plex.poster(item.ratingKey);
        return poster.ok ? succeed(toPicture(poster.value)) : poster;
      }),
    ofScene: (scene) =>
      inTurn(async () => {
        if (!(await gate.mayAsk('stash'))) return succeed(null);
        const cover = await stash.cover(scene);
        return cover.ok ? succeed(toPicture(cover.value?.bytes ?? null)) : cover;
      }),
  };
}

function toPicture(bytes: Uint8Array | null): Picture | null {
  const type = bytes === null ? undefined : SHOWN[formatOf(bytes)];
  return bytes === null || type === undefined ? null : { bytes, type };
}

/** Runs so many at once, the others in the order they came. */
function fewAtOnce(limit: number): <Value>(run: () => Promise<Value>) => Promise<Value> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (run) => {
    if (running >= limit) await new Promise<void>((resolve) => waiting.push(resolve));
    else running++;
    try {
      return await run();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running--;
      else next();
    }
  };
}
