import { createHash } from 'node:crypto';
import type { Failure } from '../core/failure.ts';
import type { SceneId } from '../core/ids.ts';
import { type CoverHead, MAX_IMAGE_BYTES } from '../core/images/cover.ts';
import { formatOf, HEAD_BYTES } from '../core/images/imageFormat.ts';
import { fail, type Result, succeed } from '../core/result.ts';
import type { HttpFailure } from '../http/httpFailure.ts';
import { peerFailure } from '../http/peerFailure.ts';
import type { HttpClient, HttpResponse } from '../http/request.ts';
import type { Cover, StashClient } from './stashClient.ts';
import { stashFailure } from './stashFailure.ts';

interface CoverParts {
  /** What a person can do when Stash does not let us in. */
  readonly advice: string;
  readonly probe: StashClient['probe'];
}

/**
 * Covers come over HTTP, beside GraphQL. The address is made here, not taken from `paths.screenshot`: that one
 * begins with whatever host Stash thinks it is asked at. A range of the first bytes costs as much as a question
 * whether anything changed (`If-None-Match`; 1.5 ms both, on the real Stash) and says more: ETag, size and format.
 */
export function createCovers(http: HttpClient, parts: CoverParts): Pick<StashClient, 'coverHead' | 'cover'> {
  const get = async (
    id: SceneId,
    headers: Readonly<Record<string, string>>,
  ): Promise<Result<Cover | null>> => {
    const path = `/scene/${encodeURIComponent(id)}/screenshot`;
    const answer = await http({ method: 'GET', path, headers, maxBytes: MAX_IMAGE_BYTES, isRead: true });
    if (!answer.ok) {
      if (answer.failure.kind === 'status' && answer.failure.status === 404) return succeed(null);
      if (answer.failure.kind === 'too-large') return succeed(TOO_LARGE);
      return fail(await coverOrServer(answer.failure, parts));
    }
    const format = formatOf(answer.value.bytes);
    if (format === 'web-page') return fail(await coverOrServer(webPage(answer.value), parts));
    return succeed({ head: { ...identityOf(answer.value), format }, bytes: answer.value.bytes });
  };
  const cover = (id: SceneId): Promise<Result<Cover | null>> => get(id, {});
  return {
    cover,
    async coverHead(id) {
      const part = await get(id, { range: `bytes=0-${HEAD_BYTES - 1}` });
      // Without a tag only the whole cover tells whether it is another one.
      const got = part.ok && part.value?.head.tag === '' ? await cover(id) : part;
      return got.ok ? succeed(got.value?.head ?? null) : got;
    },
  };
}

const TOO_LARGE: Cover = {
  head: { tag: 'too large', size: MAX_IMAGE_BYTES + 1, format: 'unknown' },
  bytes: new Uint8Array(),
};

function identityOf({ status, headers, bytes }: HttpResponse): Pick<CoverHead, 'tag' | 'size'> {
  const isPart = status === 206;
  const total = isPart
    ? Number(/\/(\d+)$/.exec(headers['content-range'] ?? '')?.[1] ?? Number.NaN)
    : bytes.length;
  // A proxy that packs marks the tag as weak; a cover from before Stash kept them as blobs has a date alone.
  const told = headers.etag?.replace(/^W\//, '') ?? headers['last-modified'] ?? '';
  const own = isPart ? '' : createHash('sha1').update(bytes).digest('hex');
  return { tag: told === '' ? own : told, size: Number.isSafeInteger(total) ? total : null };
}

/** The cover is at fault only when Stash itself answers, and lets us in. */
async function coverOrServer(problem: HttpFailure, { advice, probe }: CoverParts): Promise<Failure> {
  const isPlain = peerFailure('stash', problem).class === 'unreachable' || problem.kind === 'tls';
  if (isPlain) return stashFailure(problem, advice);
  const proven = await probe();
  if (!proven.ok) return proven.failure;
  return {
    class: 'rejected',
    peer: 'stash',
    message: problem.message,
    ...(asksToSignIn(problem) ? { advice: BEYOND_SIGN_IN } : {}),
  };
}

const asksToSignIn = (problem: HttpFailure): boolean =>
  problem.kind === 'redirect' ||
  problem.kind === 'not-json' ||
  (problem.kind === 'status' && [401, 403].includes(problem.status));

const BEYOND_SIGN_IN =
  'Something asks for a sign-in where covers are, and not where Stash is asked for scenes: set stash_url past that page, or switch sync_poster and sync_background off.';

const webPage = ({ description }: HttpResponse): HttpFailure => ({
  kind: 'not-json',
  looksLike: 'html',
  message: `The answer is a web page where a cover is due: ${description}`,
});
