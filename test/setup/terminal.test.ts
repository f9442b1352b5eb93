import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, onTestFinished, type TestContext, test } from 'vitest';
import { eventually } from '../processes/eventually.ts';
import { MAIN } from '../processes/mainScript.ts';
import {
  ACCOUNT_TOKEN,
  expectSavedWell,
  openSetupWorld,
  SERVER_TOKEN,
  type SetupWorld,
  STASH_KEY,
} from './setupWorld.ts';

const TERMINAL = fileURLToPath(new URL('./terminal.py', import.meta.url));
const COLUMNS = 80;
const NO_TERMINAL = 'no python3 with a pty here: nothing is tried in a real terminal';
const hasTerminal = spawnSync('python3', ['-c', 'import pty, fcntl, termios']).status === 0;

const ENTER = '\r';
const DOWN = '\u001b[B';
const CTRL_C = '\u0003';

interface TerminalRun {
  /** Without colours and movements of the cursor; everything that was ever printed. */
  readonly text: string;
  /** What came since the last key. */
  hasSaid(words: RegExp): Promise<void>;
  press(...keys: readonly string[]): void;
  readonly ended: Promise<number | null>;
}

/** `plexsync setup` as a person runs it. */
function inTerminal({ folder, plexTv }: SetupWorld, args: readonly string[]): TerminalRun {
  const command = [TERMINAL, String(COLUMNS), '40', process.execPath, MAIN, 'setup', ...args];
  const env = { PATH: process.env['PATH'], HOME: folder, TERM: 'xterm', PLEXSYNC_PLEX_TV_URL: plexTv.url };
  const child = spawn('python3', command, { cwd: folder, env });
  let [text, seen] = ['', 0];
  child.stdout.setEncoding('utf8').on('data', (piece: string) => {
    text += stripVTControlCharacters(piece);
  });
  const ended = once(child, 'close').then(([code]: (number | null)[]) => code ?? null);
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  return {
    get text() {
      return text;
    },
    hasSaid: (words) =>
      eventually(() => {
        expect(text.slice(seen)).toMatch(words);
      }),
    press: (...keys) => {
      seen = text.length;
      child.stdin.write(keys.join(''));
    },
    ended,
  };
}

const expectNoSecrets = ({ text }: TerminalRun): void => {
  for (const secret of [ACCOUNT_TOKEN, SERVER_TOKEN, STASH_KEY]) expect(text).not.toContain(secret);
};

function skipWithout(skip: TestContext['skip']): void {
  if (!hasTerminal) console.warn(NO_TERMINAL);
  skip(!hasTerminal, NO_TERMINAL);
}

describe('in a terminal of 80 columns', () => {
  test('a sign-in, a key, and the settings are saved; nothing secret is shown', async ({ skip }) => {
    skipWithout(skip);
    const world = await openSetupWorld({ files: 30, stashLocked: true });
    const run = inTerminal(world, ['--stash-url', world.stash.url]);
    await run.hasSaid(/How may PlexSync get into Plex\?[\s\S]+Sign in with Plex/);
    run.press(ENTER);
    await run.hasSaid(/context%5Bdevice%5D%5Bproduct%5D=PlexSync/);
    world.plexTv.pins.signIn(world.plexTv.pins.codes[0] ?? '', ACCOUNT_TOKEN);
    await run.hasSaid(/Which libraries hold your scenes\?/);
    // The second one out.
    run.press(DOWN, ' ', ENTER);
    await run.hasSaid(/API key of Stash \(not shown\)/);
    run.press(STASH_KEY, ENTER);
    await run.hasSaid(/30 of 30 files agree[\s\S]+Path maps/);
    run.press(ENTER);
    await run.hasSaid(/of 20 scenes: \d+ would change[\s\S]+Save this to/);
    run.press(ENTER);
    expect(await run.ended).toBe(0);
    expect(run.text).toContain('plexsync serve');
    expect(world.saved()).toMatchObject({
      plex_token: SERVER_TOKEN,
      plex_library: ['Scenes'],
      stash_api_key: STASH_KEY,
    });
    expectSavedWell(world);
    expectNoSecrets(run);
    const wide = run.text
      .split(/[\r\n]+/)
      .filter((line) => line.length > COLUMNS && !line.startsWith('http'));
    expect(wide.filter((line) => !line.includes(world.folder))).toEqual([]);
  });

  test('Ctrl-C at a question, and while something is waited for, leaves everything as it was', async ({
    skip,
  }) => {
    skipWithout(skip);
    const world = await openSetupWorld();
    writeFileSync(world.file, '{"max_retries": 7}', { mode: 0o600 });
    const asked = inTerminal(world, []);
    await asked.hasSaid(/get into Plex/);
    asked.press(CTRL_C);
    expect(await asked.ended).toBe(1);
    const waiting = inTerminal(world, []);
    await waiting.hasSaid(/get into Plex/);
    waiting.press(ENTER);
    await waiting.hasSaid(/Waiting for you to sign in/);
    waiting.press(CTRL_C);
    expect(await waiting.ended).toBe(1);
    for (const { text } of [asked, waiting])
      expect(text).toContain('The set-up was ended. Nothing was saved.');
    expect(world.saved()).toEqual({ max_retries: 7 });
    expectSavedWell(world);
  });
});

test('input that is no terminal is told what is missing, and waits for nothing', async () => {
  const world = await openSetupWorld();
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, 'setup'], {
    cwd: world.folder,
    env: { PATH: process.env['PATH'] },
    input: '',
    encoding: 'utf8',
  });
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(/^plex_token is missing, and nobody can be asked here\./);
});
