import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { violationsOf } from './accessibility.ts';
import { hasChromium, launchChromium } from './chromium.ts';

describe.skipIf(!hasChromium)('a page in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  const violationsIn = async (body: string): Promise<readonly string[]> => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.setContent(`<!doctype html><html lang="en"><title>A page</title><main>${body}</main>`);
    const found = await violationsOf(page);
    await context.close();
    return found;
  };

  test('is looked at for what keeps people out', async () => {
    expect(await violationsIn('<button>Sync now</button>')).toEqual([]);
    expect(await violationsIn('<button></button>')).toEqual(['button-name: button']);
    expect(await violationsIn('<p style="color: #999; background: #aaa">Hardly to be read</p>')).toEqual([
      'color-contrast: p',
    ]);
  });
});
