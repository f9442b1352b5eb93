import { describe, expect, test } from 'vitest';
import { PROPOSED, type Script } from './scriptedPerson.ts';
import {
  ACCOUNT_TOKEN,
  expectSavedWell,
  GUEST_TOKEN,
  localConnection,
  openSetupWorld,
  SERVER_TOKEN,
  type SetupWorld,
} from './setupWorld.ts';

/** Somebody signs in at app.plex.tv for the newest link, so many seconds after the first. */
const signsInAfter =
  ({ plexTv }: SetupWorld, seconds: number) =>
  (waits: number): void => {
    if (waits === seconds) plexTv.pins.signIn(plexTv.pins.codes.at(-1) ?? '', ACCOUNT_TOKEN);
  };

const after = (...script: Script): Script => script;
const SIGN_IN: Script[number] = [/get into Plex/, 'Sign in with Plex'];
const REST: Script = [
  [/Which libraries/, ['Scenes']],
  [/Path maps/, PROPOSED],
  [/Save this to .+plexsync\.config\.json/, PROPOSED],
];

const given = ({ stash }: SetupWorld): string => `setup --stash-url ${stash.url}`;

describe('signing in with Plex', () => {
  test('shows a link, finds the server, and saves the token of that server', async () => {
    const world = await openSetupWorld();
    const done = await world.run(given(world), {
      script: after(SIGN_IN, ...REST),
      meanwhile: signsInAfter(world, 3),
    });
    expect(done).toMatchObject({ code: 0, err: '' });
    const id = String(world.saved()?.['plex_client_id']);
    // On a line of its own, and whole: it is to be copied.
    expect(done.out.split('\n')).toContain(
      `${world.plexTv.url}/auth#?clientID=${id}&code=${world.plexTv.pins.codes[0]}&context%5Bdevice%5D%5Bproduct%5D=PlexSync`,
    );
    expect(done.out).toMatch(/✓ Plex account anna\n[\s\S]+✓ Owner {8}you/);
    expect(world.saved()).toEqual({
      plex_url: world.plex.url,
      plex_token: SERVER_TOKEN,
      plex_client_id: id,
      plex_library: ['Scenes'],
      stash_url: world.stash.url,
    });
    expectSavedWell(world);
    // Plex saw the client that signed in, and no edit.
    const clients = world.plex.log.requests.map(({ headers }) => headers['x-plex-client-identifier']);
    expect(new Set(clients)).toEqual(new Set([id]));
    expect(world.plex.log.counts().edits).toBe(0);
  });

  test('the next time it is the same client, and the token may stay', async () => {
    const world = await openSetupWorld();
    await world.run(given(world), { script: after(SIGN_IN, ...REST), meanwhile: signsInAfter(world, 1) });
    const before = world.saved();
    world.plexTv.switches.serverTokens = 'known';
    const again = await world.run('setup', {
      script: [
        [/get into Plex/, 'Keep the token in plexsync.config.json'],
        [/Which libraries/, PROPOSED],
        [/Which Stash/, world.stash.url],
        [/Path maps/, PROPOSED],
        [/Save this/, true],
      ],
    });
    expect(again.code).toBe(0);
    expect(world.saved()).toEqual(before);
  });

  test('a link that expires is followed by another one', async () => {
    const world = await openSetupWorld();
    // 15 minutes, and some seconds.
    const done = await world.run(given(world), {
      script: after(SIGN_IN, ...REST),
      meanwhile: signsInAfter(world, 905),
    });
    expect(done.code).toBe(0);
    expect(world.plexTv.pins.codes).toHaveLength(2);
    expect(done.out).toContain('That link has expired. Here is a new one:');
    expect(done.out).toContain(`code=${world.plexTv.pins.codes[1]}`);
  });

  test('trouble at plex.tv is told, and waited out', async () => {
    const world = await openSetupWorld();
    world.plexTv.faults.add({ fault: 'too-many', argument: 7, method: 'GET', url: /pins/, count: 2 });
    const done = await world.run(given(world), {
      script: after(SIGN_IN, ...REST),
      meanwhile: signsInAfter(world, 3),
    });
    expect(done.code).toBe(0);
    expect(done.out.match(/! plex\.tv/g)).toHaveLength(1);
  });

  test('where no link can be had, a person may try again', async () => {
    const world = await openSetupWorld();
    world.plexTv.faults.add({ fault: 'status', argument: 500, method: 'POST' });
    const done = await world.run(given(world), {
      script: after(SIGN_IN, [/Try again/, true], SIGN_IN, ...REST),
      meanwhile: signsInAfter(world, 1),
    });
    expect(done).toMatchObject({
      code: 0,
      out: expect.stringContaining('✗ Not yet      plex.tv answered 500'),
    });
  });

  test('without a terminal it waits for one link only, when told to', async () => {
    const world = await openSetupWorld();
    const nobody = await world.run(`${given(world)} --sign-in`);
    expect(nobody).toMatchObject({ code: 2, err: expect.stringContaining('Nobody signed in') });
    expect(world.plexTv.pins.codes).toHaveLength(1);
    const somebody = await world.run(`${given(world)} --sign-in`, { meanwhile: signsInAfter(world, 2) });
    expect(somebody.code).toBe(0);
    expect(world.saved()).toMatchObject({ plex_token: SERVER_TOKEN, plex_library: ['Scenes', 'Films'] });
  });
});

describe('a pasted token', () => {
  const paste = (token: string): Script => [
    [/get into Plex/, 'Paste'],
    [/Plex token/, token],
  ];

  test('of the account leads to its servers', async () => {
    const world = await openSetupWorld();
    expect((await world.run(given(world), { script: [...paste(ACCOUNT_TOKEN), ...REST] })).code).toBe(0);
    expect(world.saved()).toMatchObject({ plex_url: world.plex.url, plex_token: SERVER_TOKEN });
  });

  test('of the server alone is taken at its address, with a word about the owner', async () => {
    const world = await openSetupWorld();
    const done = await world.run(given(world), {
      script: [...paste(SERVER_TOKEN), [/Address of Plex/, world.plex.url], ...REST],
    });
    expect(done.out).toMatch(/! Plex account plex\.tv does not know this token[\s\S]+! Owner +Nobody tells/);
    expect(world.saved()).toMatchObject({ plex_url: world.plex.url, plex_token: SERVER_TOKEN });
  });

  test('that nobody knows is refused, and asked for anew', async () => {
    const world = await openSetupWorld();
    const done = await world.run(given(world), {
      script: [
        ...paste('nobodys'),
        [/Address of Plex/, world.plex.url],
        [/Try again/, true],
        ...paste(ACCOUNT_TOKEN),
        ...REST,
      ],
    });
    expect(done.code).toBe(0);
    expect(done.out).toMatch(/✗ Not yet +Plex answered 401[\s\S]+pasted whole/);
  });

  test('works where plex.tv is away', async () => {
    const world = await openSetupWorld();
    world.plexTv.faults.add({ fault: 'status', argument: 503, count: Number.POSITIVE_INFINITY });
    const done = await world.run(given(world), {
      script: [...paste(SERVER_TOKEN), [/Address of Plex/, world.plex.url], ...REST],
    });
    expect(done.code).toBe(0);
    expect(done.out).toContain('! Plex account plex.tv answered 503');
  });
});

describe('whose server it is', () => {
  const friends = (world: SetupWorld) =>
    world.listing({ name: 'A friend’s', accessToken: GUEST_TOKEN, isOwned: false });
  const script: Script = [
    [/get into Plex/, 'Paste'],
    [/Plex token/, ACCOUNT_TOKEN],
  ];

  test('a guest is told that nothing can be written, and goes on only on purpose', async () => {
    const world = await openSetupWorld();
    world.list(friends(world));
    const refused = await world.run(given(world), {
      script: [...script, [/Go on all the same\? Nothing can be written/, PROPOSED], [/Try again/, false]],
    });
    expect(refused).toMatchObject({ code: 1, err: 'The set-up was ended. Nothing was saved.\n' });
    expect(refused.out).toMatch(/✗ Owner +somebody else/);
    expect(world.saved()).toBeNull();
    const meant = await world.run(given(world), {
      script: [...script, [/Go on all the same/, true], ...REST],
    });
    expect(meant.code).toBe(0);
    expect(world.saved()).toMatchObject({ plex_token: GUEST_TOKEN });
  });

  test('a script is refused, unless it says --anyway', async () => {
    const world = await openSetupWorld();
    world.list(friends(world));
    const environment = { PLEXSYNC_PLEX_TOKEN: GUEST_TOKEN, PLEXSYNC_PLEX_URL: world.plex.url };
    world.plexTv.addAccount({ token: GUEST_TOKEN, servers: [friends(world)] });
    const refused = await world.run(given(world), { environment });
    expect(refused).toMatchObject({
      code: 2,
      err: expect.stringContaining('not that of the server’s owner'),
    });
    expect(world.saved()).toBeNull();
    expect((await world.run(`${given(world)} --anyway`, { environment })).code).toBe(0);
  });

  test('of several servers one’s own that answers is proposed', async () => {
    const world = await openSetupWorld();
    const away = world.listing({
      name: 'Attic',
      machineIdentifier: 'attic-id',
      connections: [localConnection('http://127.0.0.1:9')],
    });
    world.list(friends(world), away, world.listing());
    const done = await world.run(given(world), { script: [...script, [/Which server/, PROPOSED], ...REST] });
    expect(done.code).toBe(0);
    expect(done.asked[2]).toMatch(
      /^Which server\? \[A friend’s \(somebody else’s, your network, \d+ ms\), Attic \(yours, not reached\), Basement \(yours, your network, \d+ ms\)\]$/,
    );
    expect(world.saved()).toMatchObject({ plex_token: SERVER_TOKEN });
  });

  test('several of one’s own: a script has to name one', async () => {
    const world = await openSetupWorld();
    world.list(world.listing(), world.listing({ name: 'Copy' }));
    const script = `${given(world)} --plex-token ${ACCOUNT_TOKEN}`;
    const unsaid = await world.run(script);
    expect(unsaid).toMatchObject({
      code: 2,
      err: 'There are several servers: "Basement", "Copy".\nName one by --plex-server.\n',
    });
    const wrong = await world.run(`${script} --plex-server Cellar`);
    expect(wrong).toMatchObject({ code: 2, err: expect.stringContaining('found "Cellar"; allowed: one of') });
  });
});

describe('the way to the server', () => {
  const script: Script = [
    [/get into Plex/, 'Paste'],
    [/Plex token/, ACCOUNT_TOKEN],
  ];

  test('local goes before relay, and each is shown with how it went', async () => {
    const world = await openSetupWorld();
    const relay = await world.secureUrl();
    world.list(
      world.listing({
        connections: [
          { uri: relay, isRelay: true },
          localConnection('http://127.0.0.1:9'),
          localConnection(world.plex.url),
        ],
      }),
    );
    const done = await world.run(`${given(world)} --no-plex-tls-verify`, {
      script: [...script, [/How is Basement to be reached/, PROPOSED], ...REST],
    });
    expect(done.out).toMatch(/✗ http:\/\/127\.0\.0\.1:9 +your network +no answer/);
    expect(done.out).toMatch(/✓ https:\/\/localhost:\d+ +Plex’s relay +\d+ ms/);
    expect(world.saved()).toMatchObject({ plex_url: world.plex.url, plex_tls_verify: false });
  });

  test('over the relay alone it works, with a warning', async () => {
    const world = await openSetupWorld();
    const relay = await world.secureUrl();
    world.list(world.listing({ connections: [{ uri: relay, isRelay: true }] }));
    const done = await world.run(`${given(world)} --no-plex-tls-verify`, { script: [...script, ...REST] });
    expect(done.code).toBe(0);
    expect(done.out).toContain('Only over Plex’s relay: slow');
    expect(world.saved()).toMatchObject({ plex_url: relay });
  });

  test('a certificate that is not trusted is no way, unless that was said', async () => {
    const world = await openSetupWorld();
    world.list(world.listing({ connections: [{ uri: await world.secureUrl(), isRelay: true }] }));
    const environment = { PLEXSYNC_PLEX_TOKEN: ACCOUNT_TOKEN };
    const refused = await world.run(given(world), { environment });
    expect(refused).toMatchObject({
      code: 3,
      err: expect.stringContaining('No address of "Basement" leads to it'),
    });
    expect(refused.out).toContain('not Plex, or not trusted');
  });

  test('another server at its address is not taken for it, and gets no token', async () => {
    const world = await openSetupWorld();
    world.plex.library.replaceServer('a-stranger');
    const done = await world.run(given(world), { environment: { PLEXSYNC_PLEX_TOKEN: ACCOUNT_TOKEN } });
    expect(done).toMatchObject({ code: 3, out: expect.stringContaining('another server') });
    expect(world.plex.log.requests.map(({ path, headers }) => [path, headers['x-plex-token']])).toEqual([
      ['/identity', undefined],
    ]);
  });

  test('where none works a person may type one', async () => {
    const world = await openSetupWorld();
    world.list(world.listing({ connections: [localConnection('http://127.0.0.1:9')] }));
    const done = await world.run(given(world), {
      script: [
        ...script,
        [/How is Basement to be reached/, 'another address'],
        [/Address of Plex/, world.plex.url],
        ...REST,
      ],
    });
    expect(done.code).toBe(0);
    expect(world.saved()).toMatchObject({ plex_url: world.plex.url, plex_token: SERVER_TOKEN });
  });
});
