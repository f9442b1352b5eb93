import { describe, expect, test } from 'vitest';
import { resolveSettings, settingsDespite } from '../../src/core/settings/resolve.ts';
import type { Settings } from '../../src/core/settings/table.ts';
import { type SetupSteps, setupSteps } from '../../src/setup/setupSteps.ts';
import { openStore } from '../../src/store/sqlite/openStore.ts';
import { temporaryFolder } from '../../src/store/sqlite/testing/temporaryFolder.ts';
import { ACCOUNT_TOKEN, GUEST_TOKEN, openSetupWorld, SERVER_TOKEN, type SetupWorld } from './setupWorld.ts';

/** As in a plugin that nobody has set up yet, or as the settings say. */
async function open(
  given: Partial<Settings> = {},
): Promise<{ readonly world: SetupWorld; readonly steps: SetupSteps }> {
  const world = await openSetupWorld();
  const opened = openStore({ dataDir: temporaryFolder(), now: 0 });
  if (!opened.ok) throw new Error(opened.failure.message);
  const settings = {
    ...settingsDespite(resolveSettings([])).settings,
    plex_tv_url: world.plexTv.url,
    ...given,
  };
  const steps = setupSteps({
    settings,
    meta: opened.value.store.meta,
    version: '1.2.3',
    clock: { now: () => world.clock.now(), sleep: () => Promise.resolve() },
  });
  return { world, steps };
}

const valueOf = <Value>(result: { readonly ok: boolean; readonly value?: Value }): Value => {
  if (!result.ok || result.value === undefined) throw new Error(JSON.stringify(result));
  return result.value;
};

describe('a sign-in from a page', () => {
  test('shows a link, waits, and then offers the servers with tokens and addresses of their own', async () => {
    const { world, steps } = await open();
    const { id, link } = valueOf(await steps.startSignIn());
    expect(link).toContain('auth');
    expect(await steps.pollSignIn({ id })).toEqual({ ok: true, value: { kind: 'waiting' } });
    world.plexTv.pins.signIn(world.plexTv.pins.codes.at(-1) ?? '', ACCOUNT_TOKEN);
    const signedIn = valueOf(await steps.pollSignIn({ id }));
    expect(signedIn).toEqual({
      kind: 'signed-in',
      servers: [
        {
          name: 'Basement',
          isOwned: true,
          token: SERVER_TOKEN,
          addresses: [{ url: world.plex.url, reach: 'local' }],
        },
      ],
    });
    // The token of the account is worth more than that of a server, and stays here.
    expect(JSON.stringify(signedIn)).not.toContain(ACCOUNT_TOKEN);
    expect(await steps.pollSignIn({ id })).toEqual({ ok: true, value: signedIn });
  });

  test('tells when the link is no good any more, and when nobody knows of it', async () => {
    const { world, steps } = await open();
    const { id, lifeMs } = valueOf(await steps.startSignIn());
    world.clock.advance(lifeMs + 1_000);
    expect(await steps.pollSignIn({ id })).toMatchObject({ ok: true, value: { kind: 'expired' } });
    expect(await steps.pollSignIn({ id: 'another' })).toMatchObject({
      ok: false,
      failure: { advice: 'Begin anew.' },
    });
  });
});

describe('a connection to Plex is tried', () => {
  test('with what was entered, whatever is saved: version, owner and libraries', async () => {
    const { world, steps } = await open({ plex_url: 'http://127.0.0.1:9', plex_token: 'old' });
    const tried = valueOf(await steps.tryPlex({ url: world.plex.url, token: SERVER_TOKEN, tlsVerify: null }));
    expect(tried).toMatchObject({
      isOwner: true,
      libraries: { offered: [{ title: 'Scenes' }, { title: 'Films' }], others: [{ title: 'Series' }] },
    });
    const guest = valueOf(await steps.tryPlex({ url: world.plex.url, token: GUEST_TOKEN, tlsVerify: null }));
    expect(guest.isOwner).toBe(false);
  });

  test('with the saved token at the saved address alone: nobody can have it sent elsewhere', async () => {
    const { world, steps } = await open({ plex_url: 'http://127.0.0.1:9', plex_token: SERVER_TOKEN });
    expect((await steps.tryPlex({ url: world.plex.url, token: null, tlsVerify: null })).ok).toBe(false);
    expect(world.plex.log.requests).toEqual([]);
    const saved = await open({ plex_url: world.plex.url, plex_token: SERVER_TOKEN });
    for (const url of [null, `${world.plex.url}/`]) {
      expect((await saved.steps.tryPlex({ url, token: null, tlsVerify: null })).ok).toBe(true);
    }
    // Nor over a connection that is checked less.
    expect((await saved.steps.tryPlex({ url: null, token: null, tlsVerify: false })).ok).toBe(false);
  });

  test('and says what is wrong: the token, the address, or that there is none', async () => {
    const { world, steps } = await open();
    const tried = async (url: string | null, token: string | null) => {
      const outcome = await steps.tryPlex({ url, token, tlsVerify: null });
      return outcome.ok ? 'ok' : outcome.failure.class;
    };
    expect(await tried(world.plex.url, 'wrong')).toBe('auth');
    expect(await tried('http://127.0.0.1:9', 'x')).toBe('unreachable');
    expect(await tried(null, null)).toBe('settings');
  });
});
