import { type Result, succeed } from '../../core/result.ts';
import type { PlexTvClient } from '../../plex/plexTv/plexTvClient.ts';
import { signInByPin } from '../../setup/signIn.ts';
import { settingProblem, settingValue } from './settingProblem.ts';
import { missing, type SetupTalk, settled } from './setupTalk.ts';

export interface PlexToken {
  readonly token: string;
  /** It holds whatever stands in the file. */
  readonly isInEnvironment: boolean;
}

/** A day of somebody who went to look for the password. */
const PINS_AT_MOST = 100;

/** Where the token comes from: what was given, a sign-in in a browser, or a paste. */
export async function askForToken(talk: SetupTalk, plexTv: PlexTvClient): Promise<Result<PlexToken>> {
  const given = talk.given('plex_token');
  const known = settled(talk, 'plex_token');
  if (known !== null) return succeed({ token: String(known.value), isInEnvironment: known.isInEnvironment });
  if (talk.questions === null) {
    if (talk.options.signIn !== true) {
      const how =
        'Give it by --plex-token-file <file> or PLEXSYNC_PLEX_TOKEN, or sign in with a browser: --sign-in.';
      throw missing('plex_token', how);
    }
    return signIn(talk, plexTv, 1);
  }
  const kept = given === null ? [] : [{ value: 'keep', label: `Keep the token in ${given.from}` } as const];
  const way = await talk.questions.choose<'keep' | 'sign-in' | 'paste'>({
    message: 'How may PlexSync get into Plex?',
    choices: [
      ...kept,
      { value: 'sign-in', label: 'Sign in with Plex', hint: 'in your browser' },
      { value: 'paste', label: 'Paste a token' },
    ],
    proposed: 0,
  });
  if (way === 'sign-in') return signIn(talk, plexTv, PINS_AT_MOST);
  if (way === 'keep' && given !== null) {
    return succeed({ token: String(given.value), isInEnvironment: false });
  }
  const pasted = await talk.questions.secret({
    message: 'Plex token',
    problemOf: settingProblem('plex_token'),
  });
  return succeed({ token: String(settingValue('plex_token', pasted)), isInEnvironment: false });
}

async function signIn(talk: SetupTalk, plexTv: PlexTvClient, pinsAtMost: number): Promise<Result<PlexToken>> {
  const { screen, clock, limits } = talk;
  let links = 0;
  const waiting = 'Waiting for you to sign in …';
  const comeIn = () =>
    signInByPin({
      plexTv,
      clock,
      signal: limits.cutOff,
      pinsAtMost,
      onPin: ({ link }) => {
        links += 1;
        screen.gap();
        screen.lines(
          links === 1
            ? 'Open this address in a browser, on any machine, and sign in:'
            : 'That link has expired. Here is a new one:',
        );
        screen.gap();
        screen.address(link);
        screen.gap();
        screen.progress(waiting);
      },
      onTrouble: ({ message }) => {
        screen.found('note', 'plex.tv', `${message}. It is asked on.`);
        screen.progress(waiting);
      },
    });
  const signedIn = await screen.during(waiting, comeIn);
  return signedIn.ok ? succeed({ token: signedIn.value, isInEnvironment: false }) : signedIn;
}
