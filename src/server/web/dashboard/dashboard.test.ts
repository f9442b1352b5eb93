import { describe, expect, test } from 'vitest';
import { wayBack } from './signIn/signInPage.ts';
import { localVisitor, PASSWORD, type Visitor, visitor } from './testing/visitor.ts';

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
    const first = visitor({ stored });
    const { set } = await first.signIn(PASSWORD);
    const cookie = set?.split(';')[0] ?? '';
    const asks = async (other: Visitor) => (await other.ask('/', { headers: { cookie } })).status;
    expect(await asks(visitor({ stored }))).toBe(200);
    expect(await asks(visitor({ access: { http_password: 'another' }, stored }))).toBe(303);
    expect(await asks(visitor())).toBe(303);
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
    const { ask } = visitor({ access: { http_token: 'tok' } });
    expect((await ask('/', { headers: { authorization: 'Bearer tok' } })).status).toBe(200);
    expect((await ask('/', { headers: { authorization: 'Bearer no', accept: '*/*' } })).status).toBe(401);
  });

  test('is not asked of this machine where no password is set', async () => {
    expect((await localVisitor().ask('/')).status).toBe(200);
  });
});

test('beyond this machine nothing is shown before a password is set', async () => {
  const { ask } = visitor({ access: { http_password: '' } });
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
  const { headers } = await localVisitor().ask('/');
  const policy = headers.get('content-security-policy');
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toMatch(/unsafe|https?:|\*/);
  expect(policy).toContain("frame-ancestors 'none'");
});
