import { describe, expect, onTestFinished, test } from 'vitest';
import { steppedClock } from '../../../simulator/plex/clock.ts';
import {
  type PlexTvOptions,
  type PlexTvSimulator,
  startPlexTvSimulator,
} from '../../../simulator/plexTv/server.ts';
import { nobodyListens } from '../../http/testing/loopback.ts';
import { createPlexTvClient } from './createPlexTvClient.ts';
import type { Pin, PlexTvClient } from './plexTvClient.ts';

const clientAt = (url: string): PlexTvClient =>
  createPlexTvClient({
    clientIdentifier: 'client-1',
    version: '1.2.3',
    url,
    connectTimeoutMs: 1000,
    readTimeoutMs: 1000,
  });

async function visiting(options: PlexTvOptions = {}) {
  const clock = steppedClock();
  const plexTv = await startPlexTvSimulator({ clock, ...options });
  onTestFinished(() => plexTv.close());
  return { plexTv, clock, client: clientAt(plexTv.url) };
}

async function madePin(client: PlexTvClient): Promise<Pin> {
  const made = await client.createPin();
  if (!made.ok) throw new Error(made.failure.message);
  return made.value;
}

const lastPath = ({ requests }: PlexTvSimulator): string | undefined => requests.at(-1)?.path;

describe('a pin', () => {
  test('is strong, names client and product in its link, and waits for a person', async () => {
    const { client, plexTv } = await visiting();
    const pin = await madePin(client);
    const [code = ''] = plexTv.pins.codes;
    expect(pin).toEqual({
      id: '1000',
      link: `${plexTv.url}/auth#?clientID=client-1&code=${code}&context%5Bdevice%5D%5Bproduct%5D=PlexSync`,
      lifeMs: 900_000,
    });
    expect(plexTv.requests[0]).toMatchObject({
      query: { strong: 'true' },
      headers: { 'x-plex-product': 'PlexSync', 'x-plex-client-identifier': 'client-1' },
    });
    expect(await client.lookAtPin(pin)).toEqual({ ok: true, value: { kind: 'waiting' } });
    plexTv.pins.signIn(code, 'account-token');
    expect(await client.lookAtPin(pin)).toEqual({
      ok: true,
      value: { kind: 'signed-in', token: 'account-token' },
    });
  });

  test.each(['not-found', 'shown'] as const)(
    'expires, also where plex.tv answers it as %s',
    async (expiredPin) => {
      const { client, clock } = await visiting({ switches: { expiredPin } });
      const pin = await madePin(client);
      clock.advance(900_000);
      expect(await client.lookAtPin(pin)).toEqual({ ok: true, value: { kind: 'expired' } });
    },
  );

  test('of which plex.tv says little has an id and a life all the same', async () => {
    const { client } = await visiting({ switches: { pinLife: 'untold', pinIds: 'text' } });
    expect(await madePin(client)).toMatchObject({ id: '1000', lifeMs: 900_000 });
  });
});

describe('an account', () => {
  test('is known by its token, or nobody’s', async () => {
    const { client } = await visiting({ accounts: [{ token: 'good', name: 'anna' }] });
    expect(await client.account('good')).toEqual({ ok: true, value: { name: 'anna' } });
    expect(await client.account('wrong')).toEqual({ ok: true, value: null });
  });

  test('has servers; what is none, or makes no sense, is passed over', async () => {
    const servers = [
      {
        name: 'Basement',
        machineIdentifier: 'abc',
        accessToken: 'server-token',
        connections: [
          { uri: 'https://192-168-1-20.abc.plex.direct:32400', isLocal: true, address: '192.168.1.20' },
        ],
      },
      { name: 'A friend’s', machineIdentifier: 'def', accessToken: 'guest', isOwned: false, connections: [] },
      { name: 'Broken', machineIdentifier: '', accessToken: '', connections: [] },
    ];
    const { client, plexTv } = await visiting({ accounts: [{ token: 'good', servers }] });
    expect(await client.servers('good')).toMatchObject({
      ok: true,
      value: [
        {
          name: 'Basement',
          machineIdentifier: 'abc',
          accessToken: 'server-token',
          isOwned: true,
          connections: [
            { address: '192.168.1.20', port: 32400, isLocal: true, isRelay: false, isIPv6: false },
          ],
        },
        { name: 'A friend’s', isOwned: false, connections: [] },
      ],
    });
    expect(lastPath(plexTv)).toBe('/api/v2/resources');
    expect(plexTv.requests.at(-1)?.query).toEqual({ includeHttps: '1', includeRelay: '1', includeIPv6: '1' });
  });
});

describe('what plex.tv refuses', () => {
  test.each([
    ['too many requests', { fault: 'too-many', argument: 7 }, { class: 'unreachable', retryAfterMs: 7000 }],
    ['an error of its own', { fault: 'status', argument: 500 }, { class: 'unreachable' }],
    ['a web page', { fault: 'html' }, { class: 'rejected' }],
    ['other types', { fault: 'wrong-types' }, { class: 'rejected' }],
    ['a refusal', { fault: 'status', argument: 400 }, { class: 'rejected' }],
  ] as const)('%s is a failure with advice, and of neither server', async (_, fault, expected) => {
    const { client, plexTv } = await visiting();
    plexTv.faults.add(fault);
    const made = await client.createPin();
    expect(made).toMatchObject({ ok: false, failure: expected });
    expect(made.ok ? null : made.failure.peer).toBeUndefined();
  });

  test('nobody at all', async () => {
    const client = clientAt(await nobodyListens());
    expect(await client.account('good')).toMatchObject({
      ok: false,
      failure: { class: 'unreachable', message: expect.stringContaining('plex.tv refused the connection') },
    });
  });
});
