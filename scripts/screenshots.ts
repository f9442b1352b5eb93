/**
 * Makes the pictures of the dashboard in docs/images, from the demo: `npm run screenshots`. Needs a Chromium
 * (test/browser/chromium.ts).
 */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { type Stage, setStage } from '../demo/stage.ts';
import type { Status } from '../src/engine/operations.ts';
import { launchChromium } from '../test/browser/chromium.ts';
import { eventually } from '../test/processes/eventually.ts';
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
];

async function main(): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  const port = await freePort();
  process.env['PLEXSYNC_HTTP_PORT'] = String(port);
  const stage = await setStage(40);
  const browser = await launchChromium();
  try {
    await stage.startDaemon();
    await liveALittle(stage);
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

/** Edits that arrive, and some that cannot. */
async function liveALittle(stage: Stage): Promise<void> {
  for (const [nth, title] of TITLES.entries()) {
    await stage.mutate(
      `sceneUpdate(input: { id: "${nth + 1}", title: "${title}", date: "2026-0${nth + 1}-12" }) { id }`,
    );
  }
  await stage.plexsync('sync', '--all');
  const [section] = stage.plex.library.sections();
  if (section === undefined) throw new Error('Plex has no library');
  const twin = { size: 734_003_200, durationMs: 1_930_000 };
  for (const folder of ['disk1', 'disk2']) {
    stage.plex.library.addItem(section.key, { files: [{ path: `/copies/${folder}/river.mp4`, ...twin }] });
  }
  const scene = stage.stash.library.addScene({ files: [{ path: '/data/new/river.mp4', ...twin }] });
  await stage.mutate(`sceneUpdate(input: { id: ${scene.id}, title: "Down the river" }) { id }`);
  await eventually(async () => {
    const { queue } = (await stage.plexsync('status')) as Pick<Status, 'queue'>;
    if (queue.dead === 0 || queue.pending + queue.running > 0) throw new Error('not yet at rest');
  });
  // What is shown as now, and when a page has not asked again for a moment.
  await new Promise((resolve) => setTimeout(resolve, 2_000));
}

const TITLES = [
  'The long way home',
  'Harbour lights',
  'A letter from the north',
  'Two chairs',
  'After the rain',
  'The orchard',
  'Night ferry',
  'What the river said',
  'Windows',
];

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
