import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { violationsOf } from './accessibility.ts';
import { hasChromium, launchChromium } from './chromium.ts';
import { openDashboard, scrollsSideways } from './dashboard.ts';

describe.skipIf(!hasChromium)('the dashboard in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  test('asks for the password where one is set', async () => {
    const { visit } = await openDashboard(browser, {
      files: 2,
      env: { PLEXSYNC_HTTP_PASSWORD: 'open-sesame' },
    });
    const page = await visit('/?from=a-link');
    expect(await violationsOf(page)).toEqual([]);
    await page.getByLabel('Password').fill('sesame');
    await page.getByRole('button', { name: 'Sign in' }).click();
    expect(await page.getByRole('alert').textContent()).toContain('That is not the password.');
    await page.getByLabel('Password').fill('open-sesame');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL('**/?from=a-link');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.waitForURL('**/sign-in');
  });

  test('fits a phone, and keeps nobody out', async () => {
    const { visit } = await openDashboard(browser, { files: 2 });
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await visit('/', { isPhone: true, colorScheme });
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Overview');
      expect(await scrollsSideways(page)).toBe(false);
      expect(await violationsOf(page)).toEqual([]);
    }
  });
});
