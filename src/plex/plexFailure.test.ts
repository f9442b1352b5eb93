import { describe, expect, test } from 'vitest';
import type { FailureClass } from '../core/failure.ts';
import { sectionKey } from '../core/ids.ts';
import { nobodyListens, serveHttp } from '../http/testing/loopback.ts';
import { plexFailure } from './plexFailure.ts';
import { type Answer, clientOf, edit, keys, MAINTENANCE, standIn, TOKEN } from './testing/miniPlex.ts';

describe('what stands in place of Plex', () => {
  const questions = ['identity', 'checkToken', 'sections', 'items', 'sectionPage', 'edit'] as const;
  const ask = (url: string, question: (typeof questions)[number]) => {
    const client = clientOf(url);
    switch (question) {
      case 'items':
        return client.items(keys(1, 2));
      case 'sectionPage':
        return client.sectionPage({ section: sectionKey('2'), start: 0, size: 1 });
      case 'edit':
        return client.edit(edit());
      default:
        return client[question]();
    }
  };

  const cases: readonly [string, Answer, FailureClass][] = [
    ['a proxy without Plex (404)', { status: 404, body: '404 page not found' }, 'settings'],
    ['a broken proxy (500)', { status: 500 }, 'unreachable'],
    ['a proxy that waits (504)', { status: 504 }, 'unreachable'],
    ['a throttling proxy', { status: 429, headers: { 'retry-after': '9' } }, 'unreachable'],
    ['a redirect', { status: 301, headers: { location: 'https://plex.example/' } }, 'settings'],
    ['a sign-in of a proxy', { status: 401 }, 'auth'],
    ['a starting Plex', { status: 503, body: MAINTENANCE }, 'unreachable'],
  ];

  describe.each(cases)('%s', (_what, answer, failureClass) => {
    test.each(questions)('is no reason to blame an item: %s', async (question) => {
      const url = await serveHttp(standIn(answer));
      expect(await ask(url, question)).toMatchObject({
        ok: false,
        failure: { class: failureClass, peer: 'plex' },
      });
    });
  });

  test.each(questions.filter((question) => question !== 'edit'))(
    'another web server: %s',
    async (question) => {
      const url = await serveHttp(standIn({ body: '<!doctype html><html>' }));
      expect(await ask(url, question)).toMatchObject({ failure: { class: 'settings' } });
    },
  );

  test.each(questions)('nobody: %s', async (question) => {
    const url = await nobodyListens();
    expect(await ask(url, question)).toMatchObject({ failure: { class: 'unreachable' } });
  });

  test('a starting Plex says what it is doing', async () => {
    const url = await serveHttp(standIn({ status: 503, body: MAINTENANCE }));
    expect(await clientOf(url).identity()).toMatchObject({
      failure: {
        message: 'Plex is not ready: Plex Media Server is currently running database migrations.',
        advice: 'Nothing to do: Plex is starting.',
      },
    });
  });

  test('a wait that is asked for is passed on', async () => {
    const url = await serveHttp(standIn({ status: 503, headers: { 'retry-after': '9' } }));
    expect(await clientOf(url).items(keys(1))).toMatchObject({ failure: { retryAfterMs: 9_000 } });
  });

  test('the advice names the setting', async () => {
    const url = await serveHttp(standIn({ body: '{"hello":"world"}' }));
    expect(await clientOf(url).identity()).toMatchObject({
      failure: { advice: 'Check plex_url: what answers there is not Plex.' },
    });
  });

  test('no failure shows the token', async () => {
    for (const [, answer] of cases) {
      const url = await serveHttp(
        standIn({ ...answer, headers: { location: `/?X-Plex-Token=${TOKEN}`, ...answer.headers } }),
      );
      for (const question of questions) expect(JSON.stringify(await ask(url, question))).not.toContain(TOKEN);
    }
    const broken = await clientOf(await nobodyListens(), `${TOKEN}\n`).checkToken();
    expect(broken).toMatchObject({ failure: { class: 'settings' } });
    expect(JSON.stringify(broken)).not.toContain(TOKEN);
  });
});

test('an answer that begins its first element again and again is looked at no longer than others', () => {
  const before = process.threadCpuUsage();
  const body = '<Response '.repeat(20_000);
  for (let times = 0; times < 5; times++) plexFailure({ kind: 'status', status: 503, message: 'away', body });
  expect(process.threadCpuUsage(before).user).toBeLessThan(1_000_000);
});
