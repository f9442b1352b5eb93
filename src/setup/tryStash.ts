import { type Result, succeed } from '../core/result.ts';
import { createStashClient } from '../stash/createStashClient.ts';
import { apiKeySignIn } from '../stash/signIn.ts';
import type { Limits } from './limits.ts';

export interface StashAsking extends Limits {
  readonly tlsVerify: boolean;
}

/** No scene is read. */
const NO_EXTRAS = { tagAliases: false, performerAliases: false };

/** On this machine, beside us in one compose file, and on the host of our container. */
export const USUAL_STASH_URLS: readonly string[] = [
  'http://127.0.0.1:9999',
  'http://stash:9999',
  'http://host.docker.internal:9999',
];

export interface FoundStash {
  readonly url: string;
  /** It asks for an API key. */
  readonly isLocked: boolean;
}

export interface ProbedStash {
  /** May be empty in unofficial builds. */
  readonly version: string;
  readonly scenes: number;
}

/** Where a Stash answers, of these addresses, in their order; asked side by side, without a key. */
export async function findStash(
  urls: readonly string[],
  asking: StashAsking,
): Promise<readonly FoundStash[]> {
  const found = await Promise.all(
    urls.map(async (url): Promise<readonly FoundStash[]> => {
      const probed = await tryStash({ url, apiKey: '' }, asking);
      if (probed.ok) return [{ url, isLocked: false }];
      return isRefusal(probed) ? [{ url, isLocked: true }] : [];
    }),
  );
  return found.flat();
}

/** Whether Stash answers there, lets us in and is new enough, and how many scenes it has. */
export async function tryStash(
  { url, apiKey }: { readonly url: string; readonly apiKey: string },
  { tlsVerify, ...limits }: StashAsking,
): Promise<Result<ProbedStash>> {
  const signIn = apiKeySignIn(apiKey);
  const stash = createStashClient({ url, signIn, extras: NO_EXTRAS, tlsVerify, ...limits });
  const probed = await stash.probe();
  if (!probed.ok) return probed;
  const scenes = await stash.countScenes();
  return scenes.ok ? succeed({ version: probed.value.version, scenes: scenes.value }) : scenes;
}

/** Somebody answers, and wants a key or another one. */
export const isRefusal = (answer: Result<unknown>): boolean => !answer.ok && answer.failure.class === 'auth';
