import { type ApiRequest, badRequest, done, notFound, type Reply, type Route, type User } from './api.ts';
import type { Clock } from './clock.ts';
import type { Library } from './library.ts';

export interface PlayState {
  readonly viewCount: number;
  /** Epoch s; 0 = never. */
  readonly lastViewedAt: number;
  readonly userRating: number | null;
}

const UNTOUCHED: PlayState = { viewCount: 0, lastViewedAt: 0, userRating: null };

/** What each user did with each item: the token decides whose it is (plex reference §3.5). */
export class PlayStates {
  readonly #states = new Map<string, PlayState>();

  of(user: User, ratingKey: string): PlayState {
    return this.#states.get(`${user.id}/${ratingKey}`) ?? UNTOUCHED;
  }

  change(user: User, ratingKey: string, change: Partial<PlayState>): void {
    this.#states.set(`${user.id}/${ratingKey}`, { ...this.of(user, ratingKey), ...change });
  }
}

export function playStateRoutes(library: Library, states: PlayStates, clock: Clock): readonly Route[] {
  const withItem = (act: (request: ApiRequest, ratingKey: string) => Reply) => (request: ApiRequest) => {
    const ratingKey = request.query.get('key') ?? '';
    if (request.query.get('identifier') !== 'com.plexapp.plugins.library') return badRequest;
    return library.item(ratingKey) === undefined ? notFound : act(request, ratingKey);
  };
  const route = (path: RegExp, act: (request: ApiRequest, ratingKey: string) => Reply): Route => ({
    methods: ['GET', 'PUT'],
    path,
    kind: 'state',
    isAdmin: false,
    handle: withItem(act),
  });
  return [
    route(/^\/:\/rate$/, ({ user, query }, ratingKey) => {
      const rating = Number(query.get('rating') || 'none');
      if (!(rating === -1 || (rating >= 0 && rating <= 10))) return badRequest;
      states.change(user, ratingKey, { userRating: rating === -1 ? null : rating });
      return done;
    }),
    route(/^\/:\/scrobble$/, ({ user }, ratingKey) => {
      const { viewCount } = states.of(user, ratingKey);
      const lastViewedAt = Math.floor(clock.now() / 1000);
      states.change(user, ratingKey, { viewCount: viewCount + 1, lastViewedAt });
      return done;
    }),
    route(/^\/:\/unscrobble$/, ({ user }, ratingKey) => {
      states.change(user, ratingKey, { viewCount: 0, lastViewedAt: 0 });
      return done;
    }),
  ];
}
