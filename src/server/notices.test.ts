import { mkdirSync, mkdtempSync, readFileSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { quietStatus } from '../../test/fakes/fakeOperations.ts';
import { NO_TALLY } from '../core/planning/tally.ts';
import { type Notice, NoticeBoard, noticesOf } from './notices.ts';

const AUTH = { class: 'auth', peer: 'plex', message: 'Plex answered 401.', advice: 'Correct it.' } as const;

describe('what a user of Stash must know', () => {
  test('is nothing while all is well', () => {
    expect(noticesOf(quietStatus, false)).toEqual([]);
  });

  test('is how to begin, before anybody has set it up', () => {
    const [notice] = noticesOf({ ...quietStatus, setup: { problems: ['plex_url: found nothing.'] } }, true);
    expect(notice).toMatchObject({ level: 'info', text: expect.stringContaining('not set up yet') });
  });

  test('is what stands in the way of work, with what to do', () => {
    const status = {
      ...quietStatus,
      setup: { problems: ['max_retries: found "x".'] },
      stop: { kind: 'safety' as const, reason: 'Most links fail.', advice: 'Look.', since: 0 },
      pauses: [{ failure: AUTH, since: 0 }],
      warnings: ['Another plugin writes, too.'],
    };
    expect(noticesOf(status, false).map(({ level, text }) => `${level} ${text}`)).toEqual([
      'warning PlexSync: max_retries: found "x".',
      'warning PlexSync: stopped: Most links fail. Look.',
      'warning PlexSync: Plex answered 401. Correct it.',
      'warning PlexSync: Another plugin writes, too.',
    ]);
  });

  test('is what the first sync would write, once everything was compared, and how to have it written', () => {
    const asking = { ...quietStatus, firstSync: { report: null } };
    expect(noticesOf(asking, false)).toEqual([]);
    const tally = { ...NO_TALLY, scenes: 9, wouldChange: 7, inStep: 2, fields: { title: { first: 7 } } };
    const report = { startedAt: 0, endedAt: 1, sample: [], tally };
    expect(noticesOf({ ...asking, firstSync: { report } }, false)).toEqual([
      {
        level: 'info',
        text: expect.stringMatching(
          /written nothing yet\. 9 scenes: 7 would change, 2 in step; title 7\. The task “Run the first sync” writes it/,
        ),
      },
    ]);
  });
});

describe('the board', () => {
  let folder: string;
  let board: NoticeBoard;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'notices-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    board = new NoticeBoard(folder, { mode: 0o600 });
  });
  /** As hook.sh does: says it and takes it away. */
  const said = (): string => {
    const text = readFileSync(join(folder, 'notice'), 'utf8');
    rmSync(join(folder, 'notice'));
    return text;
  };
  const isEmpty = (): void => expect(() => statSync(join(folder, 'notice'))).toThrow('ENOENT');
  const info = (text: string): Notice => ({ level: 'info', text });

  test('says once what stands, and again when it has come back', async () => {
    await board.update([info('paused')]);
    expect(said()).toBe('ipaused\n');
    await board.update([info('paused')]);
    isEmpty();
    await board.update([]);
    await board.update([info('paused')]);
    expect(said()).toBe('ipaused\n');
  });

  test('leaves a file that waits to be said alone, and says the rest after it', async () => {
    await board.say([info('one')]);
    await board.say([{ level: 'error', text: 'two' }]);
    expect(said()).toBe('ione\n');
    await board.say([{ level: 'warning', text: 'three' }]);
    expect(said()).toBe('etwo\nwthree\n');
  });

  test('says each once, however many say something at once', async () => {
    await Promise.all(['one', 'two', 'three'].map((text) => board.say([info(text)])));
    const first = said();
    await board.say([]);
    const rest = first === 'ione\nitwo\nithree\n' ? '' : said();
    expect(first + rest).toBe('ione\nitwo\nithree\n');
  });

  test('keeps what could not be written, and says it with the next', async () => {
    mkdirSync(join(folder, 'notice.new'));
    await expect(board.update([info('paused')])).rejects.toThrow('EISDIR');
    rmdirSync(join(folder, 'notice.new'));
    await board.update([info('paused')]);
    expect(said()).toBe('ipaused\n');
  });

  test('is one line a notice, whatever is in it, and for its owner only', async () => {
    writeFileSync(join(folder, 'other'), '');
    await board.say([info('a\nb\u001b[31m')]);
    expect(statSync(join(folder, 'notice')).mode & 0o777).toBe(0o600);
    expect(said().split('\n')).toHaveLength(2);
  });
});
