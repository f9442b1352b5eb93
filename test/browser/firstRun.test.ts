import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { eventually } from '../processes/eventually.ts';
import { freePort } from '../processes/freePort.ts';
import { serve } from '../processes/plexsync.ts';
import { ACCOUNT_TOKEN, openSetupWorld, SERVER_TOKEN } from '../setup/setupWorld.ts';
import { violationsOf } from './accessibility.ts';
import { hasChromium, launchChromium } from './chromium.ts';
import { scrollsSideways } from './dashboard.ts';

describe.skipIf(!hasChromium)('the first run in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  /** A service that nobody has set up, and a phone that looks at it. */
  const openFirstRun = async () => {
    const world = await openSetupWorld();
    const port = await freePort();
    const daemon = await serve({
      cwd: world.folder,
      env: { PLEXSYNC_HTTP_PORT: String(port), PLEXSYNC_PLEX_TV_URL: world.plexTv.url },
    });
    const context = await browser.newContext({ viewport: { width: 360, height: 740 } });
    onTestFinished(() => context.close());
    const page = await context.newPage();
    await page.goto(`http://127.0.0.1:${port}/`);
    return { world, page, daemon };
  };

  const expectFit = async (page: Page): Promise<void> => {
    expect(await violationsOf(page)).toEqual([]);
    expect(await scrollsSideways(page)).toBe(false);
  };

  test('goes from nothing to a synced library', async () => {
    const { world, page } = await openFirstRun();
    await page.getByRole('main').getByRole('link', { name: 'Go there' }).first().click();
    await expectFit(page);
    await page.getByRole('button', { name: 'Sign in with Plex' }).click();
    const link = await page.getByRole('link', { name: 'Open app.plex.tv' }).getAttribute('href');
    expect(link).toContain(world.plexTv.url);
    expect(world.plexTv.pins.signIn(world.plexTv.pins.codes.at(-1) ?? '', ACCOUNT_TOKEN)).toBe(true);
    await page.getByRole('button', { name: 'Use this server' }).click();

    await page.waitForURL('**/setup/libraries');
    await expectFit(page);
    await page.getByLabel('Films').uncheck();
    await page.getByRole('button', { name: 'Use these' }).click();

    await page.waitForURL('**/setup/stash');
    await expectFit(page);
    await page.getByLabel('Address of Stash').fill('http://127.0.0.1:1');
    await page.getByRole('button', { name: 'Use this Stash' }).click();
    expect(await page.getByRole('alert').textContent()).toContain('Stash');
    await page.getByLabel('Address of Stash').fill(world.stash.url);
    await page.getByRole('button', { name: 'Use this Stash' }).click();

    await page.waitForURL('**/setup/files');
    await page.getByRole('link', { name: 'Go on', exact: true }).waitFor();
    expect(await page.getByRole('main').textContent()).toContain('12 of 12 files that both have lie where');
    await expectFit(page);
    await page.getByRole('link', { name: 'Go on', exact: true }).click();

    await page.waitForURL('**/setup/save');
    expect(await page.getByRole('main').textContent()).toContain('12 scenes');
    expect(await page.getByRole('heading', { level: 3 }).first().textContent()).toMatch(/^Scene \d+/);
    await expectFit(page);
    await page.getByRole('button', { name: 'Save to' }).click();
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
    expect(world.saved()).toMatchObject({
      plex_url: world.plex.url,
      plex_token: SERVER_TOKEN,
      plex_library: ['Scenes'],
      stash_url: world.stash.url,
    });
    await eventually(async () => {
      await page.reload();
      expect(await page.getByRole('main').textContent()).not.toContain('Not set up');
    });
  });

  test('by an address and a token; a wrong one is refused with what to do', async () => {
    const { world, page } = await openFirstRun();
    await page.goto(new URL('/setup', page.url()).href);
    await page.getByText('By its address and a token').click();
    await page.getByLabel('Address of Plex').fill(world.plex.url);
    await page.getByLabel('Token of the server’s owner').fill('no-such-token');
    await page.getByRole('button', { name: 'Use it' }).click();
    expect(await page.getByRole('alert').textContent()).toContain('Plex');
    await page.getByLabel('Address of Plex').fill(world.plex.url);
    await page.getByLabel('Token of the server’s owner').fill(SERVER_TOKEN);
    await page.getByRole('button', { name: 'Use it' }).click();
    await page.waitForURL('**/setup/libraries');
    expect(world.saved()).toBeNull();
  });

  test('no page shows a secret that was typed', async () => {
    const { world, page, daemon } = await openFirstRun();
    await page.goto(new URL('/setup', page.url()).href);
    await page.getByText('By its address and a token').click();
    await page.getByLabel('Address of Plex').fill(world.plex.url);
    await page.getByLabel('Token of the server’s owner').fill(SERVER_TOKEN);
    await page.getByRole('button', { name: 'Use it' }).click();
    for (const step of ['/setup/plex', '/setup/libraries', '/setup/stash']) {
      await page.goto(new URL(step, page.url()).href);
      expect(await page.content()).not.toContain(SERVER_TOKEN);
    }
    expect(daemon.stderr).not.toContain(SERVER_TOKEN);
    expect(() => readFileSync(path.join(world.folder, 'plexsync.config.json'))).toThrow('ENOENT');
  });
});
