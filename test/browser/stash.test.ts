import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { startPlexTvSimulator } from '../../simulator/plexTv/server.ts';
import { openSidecar } from '../plugin/openSidecar.ts';
import { openPluginWorld, type PluginWorld, type PluginWorldOptions } from '../plugin/pluginWorld.ts';
import { eventually } from '../processes/eventually.ts';
import { PLEX_TOKEN } from '../processes/secrets.ts';
import { violationsOf } from './accessibility.ts';
import { hasChromium, launchChromium } from './chromium.ts';
import { scrollsSideways } from './dashboard.ts';
import { serveStashPages } from './stashPage.ts';

const SIZE = 734_003_200;
const DURATION_MS = 1_800_000;
/** Of an operation that Stash relays: a run of hook.sh, and the daemon's answer. */
const SOON = { timeout: 15_000 };

interface Stash {
  readonly world: PluginWorld;
  /** @returns what went wrong in the page so far */
  visit(at: string, size?: { readonly width: number; readonly height: number }): Promise<Page>;
  readonly problems: readonly string[];
}

const DESKTOP = { width: 1280, height: 900 };
const PHONE = { width: 360, height: 740 };

describe.skipIf(!hasChromium)('in Stash’s pages', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  const open = async (options: PluginWorldOptions = { files: 2 }): Promise<Stash> =>
    openOn(await openPluginWorld(options));

  async function openOn(world: PluginWorld): Promise<Stash> {
    const { url, close } = await serveStashPages(world.stash, {
      javascript: readFileSync(path.join(world.pluginDir, 'ui.js')),
      css: readFileSync(path.join(world.pluginDir, 'ui.css')),
    });
    onTestFinished(close);
    const problems: string[] = [];
    return {
      world,
      problems,
      visit: async (at, viewport = DESKTOP) => {
        const context = await browser.newContext({ viewport });
        onTestFinished(() => context.close());
        const page = await context.newPage();
        page.on('pageerror', (error) => problems.push(error.message));
        page.on('console', (message) => {
          if (message.type() === 'error') problems.push(message.text());
        });
        await page.goto(url + at);
        return page;
      },
    };
  }

  /** Two copies in Plex, and a scene that is either. */
  function addDoubt({ stash, plex }: PluginWorld): { readonly id: number; readonly keys: readonly string[] } {
    const keys = ['a', 'b'].map((folder) =>
      plex.library.addItem('1', {
        files: [{ path: `/copies/${folder}/clip.mp4`, size: SIZE, durationMs: DURATION_MS }],
      }),
    );
    const { id } = stash.library.addScene({
      title: 'Doubtful',
      files: [{ path: '/data/here/clip.mp4', size: SIZE, durationMs: DURATION_MS }],
    });
    return { id, keys };
  }

  const sync = (world: PluginWorld, id: number): Promise<unknown> =>
    world.operate({ operation: 'sync', input: { kind: 'scenes', scenes: [String(id)] } });

  const icon = (page: Page) => page.getByRole('link', { name: /^PlexSync/ });

  test('an icon tells how many scenes need a person; one of them is decided on PlexSync’s page', async () => {
    const { world, visit, problems } = await open();
    const { id, keys } = addDoubt(world);
    await world.setUp();
    await sync(world, id);
    await eventually(async () => expect((await world.status()).queue.dead).toBe(1));

    const page = await visit('/');
    // One of the two is shown, as the window is wide.
    await icon(page).getByText('1', { exact: true }).waitFor(SOON);
    await page.getByRole('link', { name: 'PlexSync: 1 scene needs you' }).click();
    await page.getByRole('heading', { name: '1 scene needs you' }).waitFor(SOON);
    expect(await violationsOf(page)).toEqual([]);

    await page.getByRole('button', { name: `Choose the item: scene ${id}` }).click();
    const copies = page.getByRole('list', { name: 'Items of Plex' });
    await copies.getByText('/copies/b/clip.mp4').waitFor(SOON);
    expect(await copies.textContent()).toContain('same file name and size');
    expect(await copies.textContent()).toContain('/data/here=>/copies/b');
    expect(await violationsOf(page)).toEqual([]);
    await page.getByRole('button', { name: 'This one: /copies/b/clip.mp4' }).click();
    await page.getByText(`Scene ${id} is “clip” (/copies/b/clip.mp4) from now on`).waitFor(SOON);
    await eventually(() =>
      expect(keys.map((key) => world.plex.library.read(key)?.title)).toEqual(['clip', 'Doubtful']),
    );
    await page.getByRole('button', { name: 'Look again' }).click();
    await page.getByText('Nothing does.').waitFor(SOON);
    expect(problems).toEqual([]);
  });

  test('a scene has a tab: link with evidence, plan, writes; a write is undone there, and the scene released', async () => {
    const { world, visit, problems } = await open();
    await world.setUp();
    const before = world.title(1);
    await world.mutate('sceneUpdate(input: { id: 1, title: "Harbour lights" }) { id }');
    await world.arrives(1, 'Harbour lights');

    const page = await visit('/scenes/1');
    expect(await page.getByText('Stash’s own words about it').isVisible()).toBe(true);
    const asked = world.stash.log.operations.length;
    await page.getByRole('tab', { name: 'PlexSync' }).click();
    await page.getByText('Believed by: same').waitFor(SOON);
    await page.getByText('Nothing to write: Plex shows what Stash says.').waitFor(SOON);
    expect(world.stash.log.operations.length).toBeGreaterThan(asked);
    expect(await violationsOf(page)).toEqual([]);

    await page
      .getByRole('button', { name: /^Undo: w/ })
      .first()
      .click();
    await page.getByRole('button', { name: /^Undo now: w/ }).click();
    await page.getByText('is being undone').waitFor(SOON);
    await world.arrives(1, before ?? '');
    await page.getByText('Held').first().waitFor(SOON);
    await page.getByRole('button', { name: 'Release' }).click();
    await page.getByText('It is looked at now, and written again.').waitFor(SOON);
    await world.arrives(1, 'Harbour lights');
    await page.getByRole('button', { name: 'Hold' }).click();
    await page.getByText('Nothing is written for it until you release it.').waitFor(SOON);
    expect(problems).toEqual([]);
  });

  test('settings show what truly holds, refuse what is wrong as it is typed, and keep other keys', async () => {
    const { world, visit, problems } = await open();
    world.configure({ plex_url: world.plex.url, plex_token: PLEX_TOKEN, of_another_version: 'kept' });
    const page = await visit('/settings');
    await page.getByLabel('Plex address', { exact: true }).waitFor(SOON);
    expect(await page.getByText('Stash’s own panel of another').isVisible()).toBe(true);
    expect(await page.getByText('Stash’s own panel of plexsync').count()).toBe(0);
    expect(await page.getByLabel('Check Plex’s certificate', { exact: true }).isChecked()).toBe(true);
    expect(await page.getByLabel('Plex token', { exact: true }).getAttribute('type')).toBe('password');

    await page.getByText('Work', { exact: true }).click();
    const interval = page.getByLabel('Poll interval', { exact: true });
    expect(await interval.getAttribute('placeholder')).toBe('30 s');
    await interval.fill('often');
    const wrong = 'found "often"; allowed: a number from 1 to 86400 s';
    expect(await page.getByRole('alert').textContent()).toContain(wrong);
    expect(await page.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
    expect(await violationsOf(page)).toEqual([]);
    await interval.fill('5');
    expect(await page.getByRole('alert').count()).toBe(0);
    await page.getByRole('button', { name: 'Test the connection' }).click();
    await page.getByText(/^Plex \S+ answers and takes the token\. Libraries: Movies\.$/).waitFor(SOON);
    await page.getByRole('button', { name: 'Save' }).click();
    await eventually(() =>
      expect(world.stash.plugins.settings.read('plexsync')).toMatchObject({
        plex_url: world.plex.url,
        plex_token: PLEX_TOKEN,
        poll_interval: 5,
        of_another_version: 'kept',
      }),
    );
    expect(problems).toEqual([]);
  });

  test('whoever has set up nothing yet signs in with Plex and chooses the server', async () => {
    const plexTv = await startPlexTvSimulator();
    onTestFinished(() => plexTv.close());
    const { world, visit } = await open({ files: 1, env: { PLEXSYNC_PLEX_TV_URL: plexTv.url } });
    plexTv.addAccount({
      token: 'account-token',
      name: 'anna',
      servers: [
        {
          name: 'Basement',
          machineIdentifier: 'f00dcafe5e7cafe0f00dcafe5e7cafe0f00dcafe',
          accessToken: PLEX_TOKEN,
          connections: [{ uri: world.plex.url, isLocal: true }],
        },
      ],
    });
    const page = await visit('/plugins/plexsync');
    await page.getByRole('heading', { name: 'PlexSync is not set up' }).waitFor(SOON);
    await page.getByRole('link', { name: 'Go to the settings' }).click();
    await page.getByRole('button', { name: 'Sign in with Plex' }).click();
    const link = page.getByRole('link', { name: 'Open Plex and sign in' });
    await link.waitFor(SOON);
    expect(await link.getAttribute('href')).toContain(plexTv.url);
    plexTv.pins.signIn(plexTv.pins.codes.at(-1) ?? '', 'account-token');
    await page.getByRole('button', { name: `Use ${world.plex.url}` }).click(SOON);
    expect(await page.getByLabel('Plex address', { exact: true }).inputValue()).toBe(world.plex.url);
    await page.getByRole('button', { name: 'Save' }).click();
    await eventually(async () => expect((await world.status()).setup).toBeNull());
    expect(world.stash.plugins.settings.read('plexsync')).toMatchObject({ plex_token: PLEX_TOKEN });
  });

  test('settings say so where a service beside Stash has its own', async () => {
    const { visit, problems } = await openOn((await openSidecar()).world);
    const page = await visit('/settings');
    await page.getByText('A PlexSync service does the work for this Stash').waitFor(SOON);
    await icon(page).first().click();
    await page.getByText('Ready for the first sync').or(page.getByText('in step')).first().waitFor(SOON);
    expect(problems).toEqual([]);
  });

  test('fits a phone, and keeps nobody out', async () => {
    const { world, visit, problems } = await open();
    const { id } = addDoubt(world);
    await world.setUp();
    await sync(world, id);
    const page = await visit('/plugins/plexsync', PHONE);
    await page.getByRole('button', { name: `Choose the item: scene ${id}` }).click(SOON);
    await page.getByRole('button', { name: 'This one: /copies/a/clip.mp4' }).waitFor(SOON);
    await page.getByText('More about the state').click();
    expect(await scrollsSideways(page)).toBe(false);
    expect(await violationsOf(page)).toEqual([]);
    for (const at of [`/scenes/${id}`, '/settings']) {
      const other = await visit(at, PHONE);
      if (at !== '/settings') await other.getByRole('tab', { name: 'PlexSync' }).click();
      await other
        .getByText(at === '/settings' ? 'Connection to Plex' : 'equally well')
        .first()
        .waitFor(SOON);
      expect(await scrollsSideways(other)).toBe(false);
      expect(await violationsOf(other)).toEqual([]);
    }
    expect(problems).toEqual([]);
  });

  test('is quiet where no daemon answers: the page says so, the icon and Stash’s log do not', async () => {
    const { world, visit } = await open({ files: 1, env: { PLEXSYNC_NODE: '', PATH: '/usr/bin:/bin' } });
    const page = await visit('/');
    await eventually(() => expect(world.stash.log.operations).toHaveLength(1));
    expect(await icon(page).first().getAttribute('title')).toBe('PlexSync');
    expect(world.said().filter((line) => line.startsWith('error'))).toEqual([]);
    await icon(page).first().click();
    await page.getByRole('alert').first().waitFor(SOON);
    expect(await page.getByRole('alert').first().textContent()).toContain('No Node.js');
  });
});
