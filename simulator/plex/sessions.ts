import { type Route, tree, type User } from './api.ts';
import { type Element, element } from './encoding.ts';
import { detailElement, type ItemSurroundings } from './itemElement.ts';
import type { Library } from './library.ts';

export interface Stream {
  readonly ratingKey: string;
  readonly state: 'playing' | 'paused' | 'buffering';
}

const VIEWER = { id: 1, title: 'viewer' };
const OWNER: User = { id: 1, isOwner: true };

/** Who plays what. */
export class Sessions {
  readonly #streams = new Map<string, Stream>();
  #nextKey = 1;

  /** @returns the key of the session. */
  begin(stream: Stream): string {
    const key = String(this.#nextKey++);
    this.#streams.set(key, stream);
    return key;
  }

  change(key: string, state: Stream['state']): void {
    const stream = this.#streams.get(key);
    if (stream === undefined) throw new Error(`no session ${key}`);
    this.#streams.set(key, { ...stream, state });
  }

  end(key: string): void {
    this.#streams.delete(key);
  }

  all(): readonly (readonly [key: string, stream: Stream])[] {
    return [...this.#streams];
  }
}

/** Everybody's sessions, for the owner alone [U]. */
export function sessionRoutes(
  sessions: Sessions,
  around: ItemSurroundings & { readonly library: Library },
): readonly Route[] {
  return [
    {
      methods: ['GET'],
      path: /^\/status\/sessions$/,
      kind: 'state',
      isAdmin: true,
      handle: () => {
        const shown = sessions.all().flatMap(([key, stream]) => sessionElement(key, stream, around));
        return tree(element('MediaContainer', { size: shown.length }, shown), true);
      },
    },
  ];
}

function sessionElement(
  key: string,
  { ratingKey, state }: Stream,
  around: ItemSurroundings & { readonly library: Library },
): readonly Element[] {
  const item = around.library.item(ratingKey);
  const section = item === undefined ? undefined : around.library.section(item.sectionKey);
  if (item === undefined || section === undefined) return [];
  const shown = detailElement(item, { section, user: OWNER, includeGuids: false, checkFiles: false }, around);
  const single = (one: Element): Element => ({ ...one, json: { isSingle: true } });
  return [
    {
      ...shown,
      attributes: { ...shown.attributes, sessionKey: key, viewOffset: 1000 },
      children: [
        ...shown.children,
        single(element('User', VIEWER)),
        single(
          element('Player', {
            machineIdentifier: `player-${key}`,
            platform: 'Chrome',
            product: 'Plex Web',
            title: 'Chrome',
            address: '127.0.0.1',
            state,
            local: true,
            relayed: false,
            secure: true,
            userID: VIEWER.id,
          }),
        ),
        single(element('Session', { id: `session-${key}`, bandwidth: 5000, location: 'lan' })),
      ],
    },
  ];
}
