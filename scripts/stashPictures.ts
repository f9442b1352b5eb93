import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { serveStashPages } from '../test/browser/stashPage.ts';
import { packPlugin } from './packPlugin.ts';
import { readRelease } from './readRelease.ts';

const SOON = { timeout: 15_000 };
/** Lists go on for long. */
const TALLEST = 860;

/**
 * Pictures of what the plugin puts into Stash's pages, by a simulated Stash that runs it: of our parts alone, since the
 * rest is not Stash's own.
 *
 * @param scene one that has been written
 * @returns the files
 */
export async function takeStashPictures(
  browser: Browser,
  {
    stash,
    scene,
    folder,
  }: { readonly stash: { readonly url: string }; readonly scene: string; readonly folder: string },
): Promise<readonly string[]> {
  mkdirSync(folder, { recursive: true });
  const { files } = await packPlugin(await readRelease());
  const bytesOf = (name: string): Uint8Array => {
    const file = files.find((each) => each.path === name);
    if (file === undefined) throw new Error(`the plugin has no ${name}`);
    return file.bytes;
  };
  const pages = await serveStashPages(stash, { javascript: bytesOf('ui.js'), css: bytesOf('ui.css') });
  const context = await browser.newContext({ viewport: { width: 960, height: 900 } });
  const taken: string[] = [];
  const take = async (page: Page, selector: string, name: string): Promise<void> => {
    const file = path.join(folder, `${name}.png`);
    const box = await page.locator(selector).boundingBox();
    if (box === null) throw new Error(`${selector} is not to be seen`);
    await page.screenshot({ path: file, clip: { ...box, height: Math.min(box.height, TALLEST) } });
    taken.push(file);
  };
  try {
    const page = await context.newPage();
    await page.goto(`${pages.url}/plugins/plexsync`);
    await page.locator('#plexsync-state').waitFor(SOON);
    await page.getByText('Written lately').waitFor(SOON);
    await page
      .getByText(/^w\d+$/)
      .first()
      .waitFor(SOON);
    const choose = page.getByRole('button', { name: /^Choose the item/ }).first();
    if (await choose.isVisible()) {
      await choose.click();
      await page
        .getByRole('button', { name: /^This one/ })
        .first()
        .waitFor(SOON);
    }
    await take(page, '.plexsync-page', 'stash-page');
    await page.goto(`${pages.url}/scenes/${scene}`);
    await page.getByRole('tab', { name: 'PlexSync' }).click();
    await page.getByText('Believed by').first().waitFor(SOON);
    await page.getByText('Nothing to write').first().waitFor(SOON);
    await take(page, '.plexsync-scene', 'stash-scene');
    await page.goto(`${pages.url}/settings`);
    await page.getByLabel('Plex address', { exact: true }).waitFor(SOON);
    await take(page, '.plexsync-settings', 'stash-settings');
    return taken;
  } finally {
    await context.close();
    pages.close();
  }
}
