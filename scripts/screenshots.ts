/**
 * Makes the pictures of the dashboard in docs/images, from the demo: `npm run screenshots`. Needs a Chromium
 * (test/browser/chromium.ts).
 */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { setStage } from '../demo/stage.ts';
import { launchChromium } from '../test/browser/chromium.ts';
import { freePort } from '../test/processes/freePort.ts';
import { ROOT } from './bundleScript.ts';
import { takeStashPictures } from './stashPictures.ts';

const FOLDER = path.join(ROOT, 'docs/images');
const DESKTOP = { viewport: { width: 1180, height: 820 } };
const PHONE = { viewport: { width: 390, height: 780 }, deviceScaleFactor: 2 };

interface Picture {
  readonly name: string;
  readonly path: string;
  readonly options: BrowserContextOptions;
}

const PICTURES: readonly Picture[] = [
  { name: 'overview', path: '/', options: DESKTOP },
  { name: 'overview-dark-phone', path: '/', options: { ...PHONE, colorScheme: 'dark' } },
  { name: 'dead-letters', path: '/dead', options: DESKTOP },
  { name: 'scene', path: '/scenes/1', options: DESKTOP },
  { name: 'history', path: '/history', options: DESKTOP },
  { name: 'settings', path: '/settings', options: DESKTOP },
  { name: 'setup', path: '/setup/plex', options: DESKTOP },
];

async function main(): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  const port = await freePort();
  process.env['PLEXSYNC_HTTP_PORT'] = String(port);
  const stage = await setStage(40);
  const browser = await launchChromium();
  try {
    await stage.startDaemon();
    for (let scene = 1; scene <= 25; scene++) {
      await stage.mutate(`sceneUpdate(input: { id: "${scene}", title: "Evening walk ${scene}" }) { id }`);
    }
    await stage.plexsync('sync', '--all');
    for (const picture of PICTURES) await take(browser, `http://127.0.0.1:${port}`, picture);
    const { stash } = stage;
    for (const file of await takeStashPictures(browser, { stash, scene: '1', folder: FOLDER })) {
      console.log(path.relative(ROOT, file));
    }
  } finally {
    await browser.close();
    await stage.close();
  }
}

async function take(browser: Browser, url: string, { name, path: at, options }: Picture): Promise<void> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  await page.goto(url + at);
  await page.waitForLoadState('load');
  const file = path.join(FOLDER, `${name}.png`);
  await page.screenshot({ path: file });
  await context.close();
  console.log(path.relative(ROOT, file));
}

await main();
