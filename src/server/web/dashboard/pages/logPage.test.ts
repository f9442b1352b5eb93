import { expect, test } from 'vitest';
import { createLogger } from '../../../../log/logger.ts';
import { RecentLines } from '../../../../log/recentLines.ts';
import { ON_THIS_MACHINE, visitor } from '../testing/visitor.ts';

function logging() {
  const recentLog = new RecentLines();
  const logger = createLogger({
    level: 'debug',
    secrets: ['s3cret-token'],
    hidesPaths: true,
    // What people see on a terminal is not what is kept.
    isTerminal: true,
    write: () => undefined,
    tee: recentLog.note,
  });
  return { logger, ...visitor({ access: ON_THIS_MACHINE, recentLog }) };
}

test('the latest lines are shown, newest first, as text', async () => {
  const { logger, ask } = logging();
  logger.info({ scene: '42' }, 'synced <b>');
  logger.warn('not synced');
  const { text } = await ask('/log');
  expect(text).toContain('synced &lt;b&gt;');
  expect(text).toContain('scene=42');
  expect(text.indexOf('not synced')).toBeLessThan(text.indexOf('synced &lt;b&gt;'));
  expect(text).toContain('data-live="/live?of=log"');
});

test('secrets are not in them, nor paths where those are hidden', async () => {
  const { logger, ask } = logging();
  logger.error(
    { error: new Error('refused s3cret-token'), path: '/data/films/a.mp4' },
    'at /data/films/a.mp4',
  );
  for (const path of ['/log', '/log/download']) {
    const { text } = await ask(path);
    expect(text).toContain('refused');
    expect(text).not.toMatch(/s3cret-token|films/);
  }
});

test('are filtered by level and text, as the address says', async () => {
  const { logger, ask } = logging();
  logger.debug('a look at scene 1');
  logger.warn({ scene: '42' }, 'a first warning');
  logger.error('a first error');
  const graver = await ask('/log?level=warn');
  expect(graver.text).not.toContain('a look at');
  expect(graver.text).toContain('a first warning');
  expect(graver.text).toContain('a first error');
  const both = await ask('/log?level=warn&text=SCENE');
  expect(both.text).toContain('a first warning');
  expect(both.text).not.toContain('a first error');
  expect(both.text).toContain('href="/log/download?level=warn&amp;text=SCENE"');
  expect((await ask('/log?text=nowhere')).text).toContain('No line fits.');
});

test('are there as a file, oldest first', async () => {
  const { logger, ask } = logging();
  logger.info('one');
  logger.info({ scene: '42' }, 'two');
  const { text, headers } = await ask('/log/download');
  expect(headers.get('content-disposition')).toContain('attachment');
  expect(text).toMatch(/^\S+Z INFO one\n\S+Z INFO two \{"scene":"42"\}\n$/);
});

test('of many the newest are shown, with a way to more', async () => {
  const { logger, ask } = logging();
  for (let line = 1; line <= 250; line++) logger.info(`line ${line}.`);
  const { text } = await ask('/log?text=line');
  expect(text).toContain('line 51.');
  expect(text).not.toContain('line 50.');
  expect(text).toContain('50 earlier lines.');
  expect(text).toContain('href="/log?text=line&amp;limit=1000"');
});

test('before anything is logged the page says so', async () => {
  expect((await logging().ask('/log')).text).toContain('Nothing was logged yet.');
});
