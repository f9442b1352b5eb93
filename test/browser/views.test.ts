import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../processes/eventually.ts';
import { violationsOf } from './accessibility.ts';
import { hasChromium, launchChromium } from './chromium.ts';
import { type DashboardUnderTest, openDashboard, scrollsSideways } from './dashboard.ts';

describe.skipIf(!hasChromium)('the pages that show how it goes', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  /** All scenes compared and written, and one edited since. */
  const withWrites = async (): Promise<DashboardUnderTest> => {
    const dashboard = await openDashboard(browser, {
      files: 6,
      env: { PLEXSYNC_FIRST_SYNC: 'run', PLEXSYNC_LOG_LEVEL: 'debug' },
    });
    const page = await dashboard.visit('/');
    await page.getByRole('button', { name: 'Compare everything now' }).click();
    await eventually(async () => {
      expect(dashboard.differences([1, 2, 3, 4, 5, 6])).toEqual([]);
    });
    return dashboard;
  };

  const figureOf = (page: Page, name: string): Promise<string | null> =>
    page.getByRole('link', { name }).locator('.figure').textContent();

  test('renew themselves while an edit goes its way, and the charts with them', async () => {
    const { visit } = await withWrites();
    const page = await visit('/');
    await eventually(async () => expect(await figureOf(page, 'In sync')).toBe('6'));
    const writes = page.locator('#throughput');
    await eventually(async () =>
      expect(await writes.locator('figcaption').textContent()).toContain('6 scenes'),
    );
    expect(await writes.locator('canvas').count()).toBe(1);
    await writes.locator('.u-over').hover();
    expect(await writes.locator('.reading').textContent()).toMatch(
      / · Scenes \d+ · Fields and images \d+ \(a minute\)$/,
    );
    await page.getByRole('link', { name: 'last week' }).click();
    expect(await page.locator('#requests figcaption').textContent()).toContain('In the last week:');
  });

  test('the log renews itself with every line', async () => {
    const { visit } = await withWrites();
    const log = await visit('/log');
    const begun = log.getByText('comparing everything');
    expect(await begun.count()).toBe(1);
    const page = await visit('/');
    await page.getByRole('button', { name: 'Compare everything now' }).click();
    await eventually(async () => expect(await begun.count()).toBe(2));
  });

  test('a write is undone from the history', async () => {
    const { visit } = await withWrites();
    const page = await visit('/history?scene=1');
    await page
      .getByRole('link', { name: /^Undo w/ })
      .first()
      .click();
    expect(await page.getByRole('main').textContent()).toContain('would be undone, and the scenes held');
    expect(await violationsOf(page)).toEqual([]);
    await page.getByRole('button', { name: 'Undo this' }).click();
    await eventually(async () =>
      expect(await page.getByRole('main').textContent()).toContain('1 write to 1 scene undone.'),
    );
    await page.goto(new URL('/history?scene=1', page.url()).href);
    expect(await page.getByRole('main').textContent()).toContain('undone by w');
  });

  test.each([
    ['a phone', { isPhone: true }],
    ['the dark', { colorScheme: 'dark' }],
  ] as const)('fit %s, and keep nobody out', async (_, options) => {
    const { visit, url } = await withWrites();
    const page = await visit('/scenes/1', options);
    await page.getByRole('button', { name: 'Hold' }).click();
    await page.getByRole('button', { name: 'Release' }).waitFor();
    for (const path of PATHS) {
      await page.goto(url + path);
      await page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true");
      const found = { sideways: await scrollsSideways(page), violations: await violationsOf(page) };
      expect({ path, ...found }).toEqual({ path, sideways: false, violations: [] });
    }
  });
});

const PATHS = [
  '/',
  '/?span=week',
  '/queue',
  '/queue/clear',
  '/history',
  '/history/undo?scene=2',
  '/gaps',
  '/log',
  '/holds',
  '/holds/release',
  '/doctor',
  '/no-such-page',
];
