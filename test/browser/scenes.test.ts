import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { violationsOf } from './accessibility.ts';
import { hasChromium, launchChromium } from './chromium.ts';
import { openDashboard, scrollsSideways } from './dashboard.ts';
import { lookAtScene } from './lookAtScene.ts';

describe.skipIf(!hasChromium)('scenes in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  test('one is found by its title, written by a button, and the page says so by itself', async () => {
    const { visit, scene, plex, differences } = await openDashboard(browser, { files: 3 });
    const row = scene(2);
    row.title = 'A title that nobody else has';
    const page = await visit('/scenes');
    await page.getByRole('searchbox', { name: 'Search' }).fill('nobody else');
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: row.title }).click();
    await page.waitForURL('**/scenes/2');
    await page.getByRole('button', { name: 'Sync now' }).click();
    expect(await page.getByRole('status').textContent()).toContain('Scene 2 queued');
    await expect.poll(() => differences([2])).toEqual([]);
    const written = page.getByRole('article').filter({ hasText: row.title });
    await expect.poll(() => written.count(), { timeout: 10_000 }).toBe(1);
    // And leaves off: nothing is to come any more.
    await expect.poll(() => page.locator('main[data-live]').count(), { timeout: 10_000 }).toBe(0);
    expect(plex.log.requests.length).toBeGreaterThan(0);
  });

  test('one is held with a reason, and nothing is written until it is released', async () => {
    const { visit, differences, ...opened } = await openDashboard(browser, { files: 2 });
    const page = await visit('/scenes/1');
    await page.getByLabel('Why it is held').fill('mended by hand');
    await page.getByRole('button', { name: 'Hold' }).click();
    await page.getByText('by a person (mended by hand)').waitFor();
    await lookAtScene(opened, 1);
    await lookAtScene(opened, 2);
    await expect.poll(() => differences([2])).toEqual([]);
    expect(differences([1])).not.toEqual([]);
    await page.getByRole('button', { name: 'Release' }).click();
    await expect.poll(() => differences([1])).toEqual([]);
  });

  test('the address of a scene in Stash leads to its page', async () => {
    const { visit, stash } = await openDashboard(browser, { files: 2 });
    const page = await visit('/scenes');
    await page.getByRole('searchbox').fill(`${stash.url}/scenes/2?sort=date`);
    await page.getByRole('button', { name: 'Search' }).click();
    await page.waitForURL('**/scenes/2');
    expect(await page.getByRole('heading', { name: 'Scene 2' }).count()).toBe(1);
  });

  test('fit a phone, and keep nobody out', async () => {
    const { visit, ...opened } = await openDashboard(browser, { files: 3 });
    await lookAtScene(opened, 1);
    await expect.poll(() => opened.differences([1])).toEqual([]);
    for (const path of ['/scenes', '/scenes?q=nothing', '/scenes/1', '/scenes/2', '/scenes/99']) {
      // Of the richest one both schemes: the colours are the same everywhere.
      const schemes = path === '/scenes/1' ? (['light', 'dark'] as const) : (['light'] as const);
      for (const colorScheme of schemes) {
        const page = await visit(path, { isPhone: true, colorScheme });
        for (const summary of await page.locator('summary').all()) await summary.click();
        expect([path, await scrollsSideways(page)]).toEqual([path, false]);
        expect([path, await violationsOf(page)]).toEqual([path, []]);
        await page.close();
      }
    }
  });
});
