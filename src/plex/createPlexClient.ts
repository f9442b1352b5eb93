import type { Failure } from '../core/failure.ts';
import type { PlexIdentity } from '../core/item.ts';
import { fail, type Result, succeed } from '../core/result.ts';
import { createHttpClient } from '../http/request.ts';
import type { EndedRequest } from '../http/requestOutcome.ts';
import { sentAt } from '../http/sentAt.ts';
import { type AskPlex, createAskPlex, type PlexHeaders } from './askPlex.ts';
import { decodeIdentity, decodeSections, decodeServer, decodeStreams } from './decodeServer.ts';
import { editQueries, editTarget, ratingQueries } from './editRequest.ts';
import { createImages } from './images.ts';
import type { EditRequest, PlexClient } from './plexClient.ts';
import { isDoubtful, itemFailure, type PlexProblem, plexFailure, serverFailure } from './plexFailure.ts';
import { readPoster } from './poster.ts';
import { readItems } from './readItems.ts';
import { readSectionPage } from './readSectionPage.ts';

export interface PlexClientOptions extends PlexHeaders {
  readonly url: string;
  readonly tlsVerify: boolean;
  readonly connectTimeoutMs: number;
  readonly readTimeoutMs: number;
  readonly cutOff?: AbortSignal;
  readonly onEnded?: (request: EndedRequest) => void;
}

export function createPlexClient(options: PlexClientOptions): PlexClient {
  const { token, clientIdentifier, version, ...peer } = options;
  const http = createHttpClient({ name: 'Plex', ...peer });
  const ask = createAskPlex(http, { token, clientIdentifier, version });
  // Whoever answers there has not yet shown to be Plex, and needs no token for this (plex reference §1).
  const askStranger = createAskPlex(http, { token: '', clientIdentifier, version });
  const identity = (): Promise<Result<PlexIdentity>> => about(askStranger, '/identity', decodeIdentity);

  /** The item is at fault only when it is Plex that says so. */
  const itemOrServer = async (problem: PlexProblem): Promise<Failure> => {
    if (!isDoubtful(problem)) return plexFailure(problem);
    const proven = await identity();
    return proven.ok ? itemFailure(problem) : proven.failure;
  };

  return {
    identity,
    checkToken: () => about(ask, '/', decodeServer),
    sections: () => about(ask, '/library/sections', decodeSections),

    async countStreams() {
      const answer = await about(ask, '/status/sessions', decodeStreams);
      // To the owner alone Plex shows this [U]. It is nice to know, so that a refusal is none of token or settings.
      return answer.ok || answer.failure.class === 'unreachable'
        ? answer
        : fail({ ...answer.failure, class: 'rejected' });
    },

    async isOwner() {
      const answer = await ask.get('/:/prefs');
      if (answer.ok) return succeed(true);
      const problem = answer.failure;
      if (problem.kind === 'status') return succeed(REFUSALS.has(problem.status) ? false : null);
      return isDoubtful(problem) ? succeed(null) : fail(plexFailure(problem));
    },

    async serverTime() {
      const answer = await askStranger.get('/identity');
      return answer.ok ? succeed(sentAt(answer.value.headers)) : fail(serverFailure(answer.failure));
    },
    items: (keys) => readItems({ ask, proveServer: identity }, keys),
    poster: (key) => readPoster({ ask, proveServer: identity }, key),

    async sectionPage(request) {
      const page = await readSectionPage(ask, request);
      return page.ok ? page : fail(await itemOrServer(page.failure));
    },

    async scanFolder({ section, folder }) {
      const target = `/library/sections/${encodeURIComponent(section)}`;
      // Without a path Plex would go through the whole library.
      const sent = await ask.start(`${target}/refresh?path=${encodeURIComponent(folder)}`);
      return sent.ok ? sent : fail(await itemOrServer(sent.failure));
    },

    ...createImages(ask, itemOrServer),

    async edit(request) {
      for (const path of editPaths(request)) {
        const sent = await ask.put(path);
        if (!sent.ok) return fail(editFailure(sent.failure, await itemOrServer(sent.failure)));
      }
      return succeed(undefined);
    },
  };
}

/** To a token that is good but not the owner's: which of them is not known (plex reference §8.5 [U]). */
const REFUSALS: ReadonlySet<number> = new Set([401, 403]);

/** Asks Plex about itself. */
async function about<Value>(
  ask: AskPlex,
  path: string,
  decode: (container: unknown) => Result<Value, string>,
): Promise<Result<Value>> {
  const answer = await ask.get(path);
  if (!answer.ok) return fail(serverFailure(answer.failure));
  const decoded = decode(answer.value.container);
  if (decoded.ok) return decoded;
  const message = `Plex sent an unknown shape: ${decoded.failure}: ${answer.value.description}`;
  return fail(serverFailure({ kind: 'senseless', message }));
}

function editPaths({ section, ratingKey, edits }: EditRequest): readonly string[] {
  const target = editTarget(section, ratingKey);
  return [
    ...editQueries(target, edits).map((query) => `/library/sections/${target.section}/all?${query}`),
    ...ratingQueries(target, edits).map((query) => `/:/rate?${query}`),
  ];
}

function editFailure(problem: PlexProblem, failure: Failure): Failure {
  if (failure.class === 'auth') {
    return {
      ...failure,
      advice: 'Set plex_token to a token of the server’s owner: only the owner may edit.',
    };
  }
  const isGone = problem.kind === 'status' && problem.status === 404 && failure.class === 'rejected';
  return isGone ? { ...failure, class: 'item-gone' } : failure;
}
