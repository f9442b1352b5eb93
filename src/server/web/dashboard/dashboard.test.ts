import { describe, expect, test } from 'vitest';
import { fakeOperations } from '../../../../test/fakes/fakeOperations.ts';
import { collectLog } from '../../../../test/world/collectedLog.ts';
import { fail } from '../../../core/result.ts';
import type { AccessSettings } from '../access.ts';
import { dashboardApp } from './dashboard.ts';
import { wayBack } from './signIn/signInPage.ts';

const PASSWORD = 'correct horse';
const HOST = '192.168.1.5:7475';

interface Sent {
  readonly headers?: Readonly<Record<string, string>>;
  readonly form?: Readonly<Record<string, string>>;
}

/** A dashboard and a browser that keeps its cookies. */
function visitor(settings: Partial<AccessSettings> = {}, stored = new Map<string, string>()) {
  const clock = { now: 1_000_000 };
  const log = collectLog([PASSWORD]);
  const access = {
    http_bind: '0.0.0.0',
    http_hosts: [],
    http_password: PASSWORD,
    http_token: '',
    ...settings,
  };
  const app = dashboardApp({
    operations: fakeOperations(),
    meta: {
      get: (key) => Promise.resolve(stored.get(key) ?? null),
      set: (key, value) => Promise.resolve(void stored.set(key, value)),
    },
    access,
    ended: new AbortController().signal,
    settingsPlace: { kind: 'stash', read: () => Promise.resolve(fail('none')) },
    assets: { script: 'let a', style: 'a {}' },
    now: () => clock.now,
    logger: log.logger,
    addressOf: () => '192.168.1.9',
  });
  let cookie = '';
  const ask = async (path: string, { headers = {}, form }: Sent = {}) => {
    const answer = await app.request(`http://${HOST}${path}`, {
      headers: {
        host: HOST,
        accept: 'text/html',
        cookie,
        ...(form === undefined
          ? {}
          : { 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' }),
        ...headers,
      },
      ...(form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form).toString() }),
    });
    const set = answer.headers.get('set-cookie');
    if (set !== null) cookie = set.split(';')[0] ?? '';
    return {
      status: answer.status,
      to: answer.headers.get('location'),
      set,
      text: await answer.text(),
      headers: answer.headers,
    };
  };
  return {
    ask,
    clock,
    log,
    stored,
    signIn: (password: string, to = '/') => ask('/sign-in', { form: { password, to } }),
  };
}

describe('signing in', () => {
  test('is asked for first, and leads back to where somebody wanted to go', async () => {
    const { ask, signIn } = visitor();
    const refused = await ask('/?a=b');
    expect(refused).toMatchObject({ status: 303, to: '/sign-in?to=%2F%3Fa%3Db' });
    expect(await signIn(PASSWORD, '/?a=b')).toMatchObject({ status: 303, to: '/?a=b' });
    expect(await ask('/')).toMatchObject({ status: 200 });
  });

  test('gives a cookie that no script reads and no other site sends with a form', async () => {
    const { set } = await visitor().signIn(PASSWORD);
    expect(set).toMatch(/^plexsync_session=.*HttpOnly.*SameSite=Lax/);
    expect(set).not.toContain(PASSWORD);
  });

  test('with a wrong password is refused, and told in the log without it', async () => {
    const { ask, signIn, log } = visitor();
    expect(await signIn('wrong one')).toMatchObject({ status: 401, set: null });
    expect((await ask('/')).status).toBe(303);
    expect(log.lines.join('')).toContain('192.168.1.9');
    expect(log.lines.join('')).not.toContain('wrong one');
  });

  test('is slowed down for whoever guesses, also where the sixth guess is right', async () => {
    const { signIn, clock } = visitor();
    for (let guess = 0; guess < 5; guess++) expect((await signIn(`guess ${guess}`)).status).toBe(401);
    const held = await signIn(PASSWORD);
    expect(held).toMatchObject({ status: 429, set: null });
    expect(held.headers.get('retry-after')).toBe('12');
    clock.now += 12_000;
    expect((await signIn(PASSWORD)).status).toBe(303);
  });

  test('is over after thirty days, after a new password, and after signing out', async () => {
    const stored = new Map<string, string>();
    const first = visitor({}, stored);
    const { set } = await first.signIn(PASSWORD);
    const cookie = set?.split(';')[0] ?? '';
    const asks = async (other: ReturnType<typeof visitor>) =>
      (await other.ask('/', { headers: { cookie } })).status;
    expect(await asks(visitor({}, stored))).toBe(200);
    expect(await asks(visitor({ http_password: 'another' }, stored))).toBe(303);
    expect(await asks(visitor({}, new Map()))).toBe(303);
    first.clock.now += 30 * 86_400_000;
    expect(await asks(first)).toBe(303);
    const second = visitor();
    await second.signIn(PASSWORD);
    await second.ask('/sign-out', { form: {} });
    expect((await second.ask('/')).status).toBe(303);
  });

  test('a cookie that says another time than was signed is none', async () => {
    const { ask, signIn } = visitor();
    const { set } = await signIn(PASSWORD);
    const cookie = (set?.split(';')[0] ?? '').replace(/=\d/, '=9');
    expect((await ask('/', { headers: { cookie } })).status).toBe(303);
  });

  test('is not needed by programs that send the token', async () => {
    const { ask } = visitor({ http_token: 'tok' });
    expect((await ask('/', { headers: { authorization: 'Bearer tok' } })).status).toBe(200);
    expect((await ask('/', { headers: { authorization: 'Bearer no', accept: '*/*' } })).status).toBe(401);
  });

  test('is not asked of this machine where no password is set', async () => {
    expect((await visitor({ http_bind: '127.0.0.1', http_password: '' }).ask('/')).status).toBe(200);
  });
});

test('beyond this machine nothing is shown before a password is set', async () => {
  const { ask } = visitor({ http_password: '' });
  for (const path of ['/', '/sign-in', '/queue', '/live']) {
    const { status, text } = await ask(path);
    expect([path, status]).toEqual([path, 403]);
    expect(text).toContain('http_password');
  }
});

describe('a page of another site', () => {
  test.each([
    ['sends a form', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
    [
      'on another port of this host does',
      { 'sec-fetch-site': 'same-site', origin: 'http://192.168.1.5:8080' },
    ],
    ['sends one in an old browser', { 'sec-fetch-site': '', origin: 'https://evil.example' }],
    ['sends one and says nothing of itself', { 'sec-fetch-site': '' }],
  ])('%s: it is refused', async (_, headers) => {
    const { ask, signIn } = visitor();
    await signIn(PASSWORD);
    expect((await ask('/sign-out', { form: {}, headers })).status).toBe(403);
    expect((await ask('/')).status).toBe(200);
  });

  test('cannot lead elsewhere by way of the sign-in', () => {
    for (const to of [
      '//evil.example',
      '/\\evil.example',
      'https://evil.example',
      'javascript:alert(1)',
      '/a\nb',
      '',
      undefined,
    ]) {
      expect(wayBack(to)).toBe('/');
    }
    expect(wayBack('/scenes/4?tab=plan')).toBe('/scenes/4?tab=plan');
    expect(wayBack('/sign-in')).toBe('/');
  });
});

test('a page takes nothing from elsewhere, runs nothing that stands in it, and is shown in no frame', async () => {
  const { headers } = await visitor({ http_bind: '127.0.0.1', http_password: '' }).ask('/');
  const policy = headers.get('content-security-policy');
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toMatch(/unsafe|https?:|\*/);
  expect(policy).toContain("frame-ancestors 'none'");
});
