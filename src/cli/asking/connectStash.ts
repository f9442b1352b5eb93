import type { Failure } from '../../core/failure.ts';
import { fail, type Result, succeed } from '../../core/result.ts';
import {
  type FoundStash,
  findStash,
  isRefusal,
  type ProbedStash,
  type StashAsking,
  tryStash,
  USUAL_STASH_URLS,
} from '../../setup/tryStash.ts';
import { settingProblem, settingValue } from './settingProblem.ts';
import { type SetupTalk, settled } from './setupTalk.ts';

export interface ConnectedStash extends ProbedStash {
  readonly url: string;
  /** Empty: Stash asks for none. */
  readonly apiKey: string;
}

/** Where Stash is, and the key that it asks for. */
export async function connectStash(talk: SetupTalk, asking: StashAsking): Promise<Result<ConnectedStash>> {
  const url = await stashUrl(talk, asking);
  if (!url.ok) return url;
  const tried = await withKey(talk, url.value, asking);
  if (!tried.ok) return tried;
  const { version, scenes } = tried.value;
  const count = `${scenes.toLocaleString('en')} ${scenes === 1 ? 'scene' : 'scenes'}`;
  talk.screen.found('good', 'Stash', [version, count, url.value].filter(Boolean).join(', '));
  return tried;
}

async function stashUrl(talk: SetupTalk, asking: StashAsking): Promise<Result<string>> {
  const known = settled(talk, 'stash_url');
  if (known !== null) return succeed(String(known.value));
  const before = talk.given('stash_url');
  const candidates = [...new Set([...(before === null ? [] : [String(before.value)]), ...USUAL_STASH_URLS])];
  const found = await talk.screen.during('Looking for Stash …', () => findStash(candidates, asking));
  if (talk.questions === null) {
    const [first] = found;
    return first === undefined ? fail(notFound(candidates)) : succeed(first.url);
  }
  if (found.length > 0) {
    const chosen = await talk.questions.choose<string | null>({
      message: 'Which Stash?',
      choices: [
        ...found.map((each) => ({ value: each.url, label: each.url, hint: stashHint(each) })),
        { value: null, label: 'Another address' },
      ],
      proposed: 0,
    });
    if (chosen !== null) return succeed(chosen);
  } else {
    talk.screen.found('note', 'Stash', 'none at the usual addresses');
  }
  const typed = await talk.questions.text({
    message: 'Address of Stash',
    proposed: candidates[0] ?? '',
    problemOf: settingProblem('stash_url'),
  });
  return succeed(String(settingValue('stash_url', typed)));
}

const stashHint = ({ isLocked }: FoundStash): string =>
  isLocked ? 'asks for an API key' : 'asks for no password';

/** A key that is sent has to be right, even where Stash asks for none; without a password there is none to send. */
async function withKey(talk: SetupTalk, url: string, asking: StashAsking): Promise<Result<ConnectedStash>> {
  const attempt = async (apiKey: string): Promise<Result<ConnectedStash>> => {
    const probed = await tryStash({ url, apiKey }, asking);
    return probed.ok ? succeed({ url, apiKey, ...probed.value }) : probed;
  };
  const given = talk.given('stash_api_key');
  const first = await attempt(given === null ? '' : String(given.value));
  if (!isRefusal(first) || talk.questions === null || given?.isFixed === true) return first;
  if (given !== null) {
    const open = await attempt('');
    if (!isRefusal(open)) return open;
    talk.screen.found('bad', 'API key', `that in ${given.from} is refused`);
  }
  talk.screen.detail('The key is in Stash’s Settings > Security > API key.');
  for (;;) {
    const typed = await talk.questions.secret({
      message: 'API key of Stash',
      problemOf: settingProblem('stash_api_key'),
    });
    const apiKey = String(settingValue('stash_api_key', typed));
    talk.hide(apiKey);
    const tried = await attempt(apiKey);
    if (!isRefusal(tried)) return tried;
    talk.screen.found('bad', 'API key', 'Stash refuses this one. Look at its beginning and its end.');
  }
}

const notFound = (candidates: readonly string[]): Failure => ({
  class: 'settings',
  peer: 'stash',
  message: `No Stash answers at ${candidates.join(', ')}.`,
  advice: 'Give its address by --stash-url or PLEXSYNC_STASH_URL.',
});
