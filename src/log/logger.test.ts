import { describe, expect, test } from 'vitest';
import { createLogger, type LoggerOptions } from './logger.ts';

const TOKEN = 'plex-token-7f3a';

function capture(options: Partial<LoggerOptions> = {}) {
  const lines: string[] = [];
  const logger = createLogger({
    level: 'info',
    secrets: [TOKEN],
    isTerminal: false,
    hidesPaths: false,
    write: (line) => lines.push(line),
    ...options,
  });
  return { logger, lines, json: () => lines.map((line): unknown => JSON.parse(line)) };
}

describe('one JSON object a line', () => {
  test('carries level, time, message and fields', () => {
    const { logger, lines, json } = capture();
    logger.warn({ scene: '42', requests: 3 }, 'edit refused');
    expect(json()).toEqual([
      {
        level: 'warn',
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
        scene: '42',
        requests: 3,
        msg: 'edit refused',
      },
    ]);
    expect(lines[0]?.endsWith('}\n')).toBe(true);
  });

  test('a child adds its fields to every line, a grandchild to those', () => {
    const { logger, json } = capture();
    logger.child({ job: 'scene 42' }).child({ attempt: 2 }).info('looked');
    expect(json()).toMatchObject([{ job: 'scene 42', attempt: 2, msg: 'looked' }]);
  });

  test('messages below the level are left out', () => {
    const { logger, lines } = capture({ level: 'warn' });
    logger.info('quiet');
    logger.error('loud');
    expect(lines).toHaveLength(1);
  });

  test('placeholders in a title are printed, not filled', () => {
    const { logger, json } = capture();
    logger.info({ a: 1 }, '100 %d %s');
    expect(json()).toMatchObject([{ msg: '100 %d %s' }]);
  });

  test('a field cannot pass for the level, the time or the message', () => {
    const { logger, lines, json } = capture();
    logger.child({ level: 'trace' }).error({ time: 0, msg: 'all is well' }, 'lost');
    expect(json()).toMatchObject([
      { level: 'error', level_: 'trace', time_: 0, msg_: 'all is well', msg: 'lost' },
    ]);
    expect(lines[0]?.match(/"level":/g)).toHaveLength(1);
  });

  test('an error keeps its stack, its own fields and its causes', () => {
    const { logger, json } = capture();
    const cause = Object.assign(new TypeError('socket hang up'), { code: 'ECONNRESET' });
    logger.error({ error: new Error('edit lost', { cause }) }, 'unexpected');
    expect(json()).toMatchObject([
      {
        error: {
          type: 'Error',
          message: 'edit lost',
          stack: expect.stringContaining('logger.test.ts'),
          cause: { type: 'TypeError', message: 'socket hang up', code: 'ECONNRESET' },
        },
      },
    ]);
  });

  test('maps, sets, big numbers and cycles do not break a line', () => {
    const { logger, json } = capture();
    const cycle: Record<string, unknown> = { name: 'a' };
    cycle['self'] = cycle;
    logger.info({ map: new Map([['a', 1]]), set: new Set([1]), big: 10n, cycle, at: new Date(0) }, 'shapes');
    expect(json()).toMatchObject([
      { map: { a: 1 }, set: [1], big: '10', cycle: { self: { name: 'a' } }, at: '1970-01-01T00:00:00.000Z' },
    ]);
  });
});

describe.each([
  { form: 'JSON', isTerminal: false },
  { form: 'terminal', isTerminal: true },
])('whatever is logged as $form', ({ isTerminal }) => {
  test('no secret comes out: messages, fields, names, errors, causes, children', () => {
    const { logger, lines } = capture({ isTerminal });
    const error = new Error(`GET http://plex/?X-Plex-Token=${TOKEN}`, { cause: new Error(TOKEN) });
    logger
      .child({ url: `http://plex/a?t=${TOKEN}` })
      .error({ deep: [{ text: TOKEN }], plex_token: 'other', apiKey: 'k', [TOKEN]: TOKEN, error }, TOKEN);
    expect(lines.join('')).not.toContain(TOKEN);
    expect(lines.join('')).not.toContain('other');
  });

  test('a title with line ends or terminal escapes cannot forge a line', () => {
    const { logger, lines } = capture({ isTerminal });
    const title = 'Nice\n{"level":"error","msg":"forged"}\r\u001b[2J\u009b1mTitle';
    logger.info({ title, [title]: 1 }, `synced ${title}`);
    const printed = lines.join('');
    expect(printed.match(/\n/g)).toHaveLength(1);
    expect(printed).not.toMatch(/[\u001b\u009b\r]/);
    expect(printed).toContain('u001b[2J');
  });
});

test('the message of an error forges no line in its stack', () => {
  const { logger, lines } = capture({ isTerminal: true });
  logger.error({ error: new Error('lost\n[2026-01-01 00:00:00.000] INFO: all is well') }, 'unexpected');
  expect(
    lines
      .join('')
      .split('\n')
      .filter((line) => /^\s*\[/.test(line)),
  ).toHaveLength(1);
});

test('lines for people start with time and level and keep the fields on the same line', () => {
  const { logger, lines } = capture({ isTerminal: true });
  logger.info({ scene: '42', path: 'D:\\Videos\\a.mp4' }, 'synced');
  expect(lines).toEqual([
    expect.stringMatching(
      /^\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}\] INFO: synced \{"scene":"42","path":"D:\\Videos\\a.mp4"\}\n$/,
    ),
  ]);
});

test('with hidesPaths paths are hidden in messages, fields and errors, and secrets still are', () => {
  const { logger, lines } = capture({ hidesPaths: true });
  const path = '/media/My videos/a film.mp4';
  const error = Object.assign(new Error(`ENOENT: no such file, open '${path}'`), { code: 'ENOENT', path });
  logger
    .child({ folder: '/media/My videos' })
    .warn({ error, reason: `no file matches "${path}" (${TOKEN})` }, `cannot read "${path}"`);
  expect(lines.join('')).not.toMatch(/My videos|a film/);
  expect(lines.join('')).not.toContain(TOKEN);
  expect(lines.join('').match(/path-[0-9a-f]{8}\.mp4/g)?.length).toBeGreaterThanOrEqual(4);
});
