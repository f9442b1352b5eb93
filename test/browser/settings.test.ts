import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../processes/eventually.ts';
import { violationsOf } from './accessibility.ts';
import { hasChromium, launchChromium } from './chromium.ts';
import { openDashboard, scrollsSideways } from './dashboard.ts';

describe.skipIf(!hasChromium)('the settings in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  test('a wrong value is told beside it and not saved; a right one holds at once', async () => {
    const { visit, folder } = await openDashboard(browser, { files: 2 });
    const page = await visit('/settings');
    await page.getByLabel('Attempts at most').fill('a few');
    await page.getByRole('button', { name: 'Save' }).click();
    expect(await page.getByRole('alert').textContent()).toContain('Nothing was saved');
    const wrong = page.locator('#max_retries');
    expect(await wrong.inputValue()).toBe('a few');
    expect(await wrong.getAttribute('aria-invalid')).toBe('true');
    expect(await page.locator('#max_retries-problem').textContent()).toContain(
      'found "a few"; allowed: a whole number',
    );
    expect(await violationsOf(page)).toEqual([]);
    const file = path.join(folder, 'plexsync.config.json');
    expect(() => readFileSync(file)).toThrow('ENOENT');

    await wrong.fill('7');
    await page.locator('#dry_run').selectOption('true');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('PlexSync goes on with it.').waitFor();
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ max_retries: 7, dry_run: true });
    await eventually(async () => {
      await page.goto(new URL('/', page.url()).href);
      expect(await page.getByRole('main').textContent()).toContain('dry_run is true');
    });
  });

  test('what the environment sets cannot be changed here; no secret is in the page; it fits a phone', async () => {
    const { visit, env } = await openDashboard(browser, { files: 2 });
    const page = await visit('/settings', { isPhone: true, colorScheme: 'dark' });
    expect(await page.locator('#plex_url').isDisabled()).toBe(true);
    expect(await page.locator('#setting-plex_url').textContent()).toContain('Set by PLEXSYNC_PLEX_URL');
    for (const secret of ['PLEXSYNC_PLEX_TOKEN', 'PLEXSYNC_STASH_API_KEY']) {
      expect(await page.content()).not.toContain(env[secret]);
    }
    expect(await scrollsSideways(page)).toBe(false);
    expect(await violationsOf(page)).toEqual([]);
    await page.getByRole('link', { name: 'Check everything' }).click();
    await page.getByRole('heading', { name: 'Doctor' }).waitFor();
    expect(await violationsOf(page)).toEqual([]);
  });
});
