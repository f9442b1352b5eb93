import { describe, expect, onTestFinished, test } from 'vitest';
import { type SteppedClock, steppedClock } from '../plex/clock.ts';
import { type PlexTvOptions, type PlexTvSimulator, startPlexTvSimulator } from './server.ts';

interface Visitor {
  readonly plexTv: PlexTvSimulator;
  readonly clock: SteppedClock;
  ask(
    method: string,
    path: string,
    headers?: Readonly<Record<string, string>>,
  ): Promise<{ readonly status: number; readonly body: unknown }>;
}

async function visited(options: PlexTvOptions = {}): Promise<Visitor> {
  const clock = steppedClock();
  const plexTv = await startPlexTvSimulator({ clock, ...options });
  onTestFinished(() => plexTv.close());
  return {
    plexTv,
    clock,
    ask: async (method, path, headers = { 'X-Plex-Client-Identifier': 'client-1' }) => {
      const response = await fetch(plexTv.url + path, { method, headers });
      const text = await response.text();
      return { status: response.status, body: text.startsWith('<') ? text : JSON.parse(text) };
    },
  };
}

const CLIENT = { 'X-Plex-Client-Identifier': 'client-1' };

describe('pins', () => {
  test('a strong one waits until a person signs in for its code', async () => {
    const { ask, plexTv } = await visited();
    const made = await ask('POST', '/api/v2/pins?strong=true');
    expect(made).toMatchObject({ status: 201, body: { id: 1000, authToken: null, expiresIn: 900 } });
    const [code = ''] = plexTv.pins.codes;
    expect(code).toHaveLength(24);
    expect(await ask('GET', '/api/v2/pins/1000')).toMatchObject({ status: 200, body: { authToken: null } });
    expect(plexTv.pins.signIn(code, 'token-1')).toBe(true);
    expect(await ask('GET', '/api/v2/pins/1000')).toMatchObject({ body: { authToken: 'token-1' } });
  });

  test('without strong the code is for plex.tv/link', async () => {
    const { ask, plexTv } = await visited();
    await ask('POST', '/api/v2/pins');
    expect(plexTv.pins.codes[0]).toHaveLength(4);
  });

  test('is not for another client, nor for one without a name', async () => {
    const { ask } = await visited();
    await ask('POST', '/api/v2/pins?strong=true');
    expect(await ask('GET', '/api/v2/pins/1000', { 'X-Plex-Client-Identifier': 'other' })).toMatchObject({
      status: 404,
    });
    expect(await ask('GET', '/api/v2/pins/1000', {})).toMatchObject({ status: 400 });
  });

  test.each([
    ['not-found', { status: 404 }],
    ['shown', { status: 200, body: { authToken: null, expiresIn: 0 } }],
  ] as const)('after its time it is %s, and nobody can sign in for it', async (expiredPin, expected) => {
    const { ask, clock, plexTv } = await visited({ switches: { expiredPin } });
    await ask('POST', '/api/v2/pins?strong=true');
    clock.advance(900_000);
    expect(await ask('GET', '/api/v2/pins/1000')).toMatchObject(expected);
    expect(plexTv.pins.signIn(plexTv.pins.codes[0] ?? '', 'token')).toBe(false);
  });

  test('may say nothing of its time, and write its id as a text', async () => {
    const { ask } = await visited({ switches: { pinLife: 'untold', pinIds: 'text' } });
    const { body } = await ask('POST', '/api/v2/pins?strong=true');
    expect(body).toMatchObject({ id: '1000' });
    expect(body).not.toHaveProperty('expiresIn');
  });
});

describe('accounts', () => {
  const servers = [
    {
      name: 'Basement',
      machineIdentifier: 'abc',
      accessToken: 'server-token',
      connections: [
        { uri: 'https://192-168-1-20.abc.plex.direct:32400', isLocal: true, address: '192.168.1.20' },
      ],
    },
  ];
  const accounts = [{ token: 'account-token', name: 'anna', servers }];
  const withToken = (token: string): Readonly<Record<string, string>> => ({
    ...CLIENT,
    'X-Plex-Token': token,
  });

  test('a token is an account’s or unauthorized; of one server’s nobody knows [U]', async () => {
    const { ask, plexTv } = await visited({ accounts });
    const statusOf = async (token: string): Promise<number> =>
      (await ask('GET', '/api/v2/user', withToken(token))).status;
    expect([
      await statusOf('account-token'),
      await statusOf('wrong'),
      await statusOf('server-token'),
    ]).toEqual([200, 401, 401]);
    plexTv.switches.serverTokens = 'known';
    expect(await statusOf('server-token')).toBe(200);
    expect(plexTv.requests[0]?.headers['x-plex-token']).toBe('redacted');
  });

  test('servers stand among other devices, each with a token of its own', async () => {
    const { ask } = await visited({ accounts });
    const { body } = await ask('GET', '/api/v2/resources?includeHttps=1', withToken('account-token'));
    expect(body).toMatchObject([
      { provides: 'client,player' },
      {
        provides: 'server',
        name: 'Basement',
        clientIdentifier: 'abc',
        owned: true,
        accessToken: 'server-token',
        connections: [{ protocol: 'https', address: '192.168.1.20', port: 32400, local: true, relay: false }],
      },
    ]);
  });
});

test('refuses when told to, as with too many requests', async () => {
  const { ask, plexTv } = await visited();
  plexTv.faults.add({ fault: 'too-many', argument: 7, url: /pins/ });
  expect(await ask('POST', '/api/v2/pins?strong=true')).toMatchObject({ status: 429 });
  expect(await ask('POST', '/api/v2/pins?strong=true')).toMatchObject({ status: 201 });
});
