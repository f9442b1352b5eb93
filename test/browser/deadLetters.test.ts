import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../processes/eventually.ts';
import { violationsOf } from './accessibility.ts';
import { hasChromium, launchChromium } from './chromium.ts';
import { type DashboardUnderTest, openDashboard, scrollsSideways } from './dashboard.ts';
import { lookAtScene } from './lookAtScene.ts';

const SIZE = 734_003_200;
const file = (path: string, size = SIZE) => ({ path, size, durationMs: 1_800_000 });

/** A scene that two items match equally well, and one that none does. */
async function openDoubtful(browser: Browser): Promise<DashboardUnderTest & { readonly doubtful: string }> {
  const opened = await openDashboard(browser, { files: 3, env: { PLEXSYNC_MAX_RETRIES: '1' } });
  const { stash, plex } = opened;
  for (const folder of ['a', 'b']) {
    plex.library.addItem('1', { files: [file(`/copies/${folder}/Harbour lights.mp4`)] });
  }
  const add = (title: string, path: string, size = SIZE) =>
    stash.library.addScene({ title, files: [file(path, size)] });
  const scenes = [
    add('Harbour lights', '/data/here/Harbour lights.mp4'),
    add('Nowhere', '/data/here/Harbour lights 2, the long way home.mp4', SIZE + 1),
  ];
  for (const { id } of scenes) await lookAtScene(opened, id);
  await eventually(async () => {
    expect(await (await fetch(`${opened.url}/dead`)).text()).toContain('Several items match');
  });
  return { ...opened, doubtful: String(scenes[0]?.id) };
}

describe.skipIf(!hasChromium)('dead letters in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  test('a person sees the candidates side by side, chooses one, and it is written there', async () => {
    const { visit, plex, doubtful } = await openDoubtful(browser);
    const page = await visit('/dead?class=ambiguous');
    const second = page.getByRole('listitem').filter({ hasText: '/copies/b/' });
    const postersShown =
      "[...document.images].filter(({ className, naturalWidth }) => className === 'poster' && naturalWidth > 1).length";
    await expect.poll(() => page.evaluate(postersShown)).toBe(2);
    await second.getByRole('button', { name: 'This one' }).click();
    expect(await page.getByRole('status').textContent()).toContain(`Scene ${doubtful} is item`);
    const [key = ''] = plex.library.ratingKeys({ path: '/copies/b/Harbour lights.mp4' });
    await expect.poll(() => plex.library.read(key)?.title).toBe('Harbour lights');
    // The page takes note by itself.
    await expect.poll(() => page.getByText('No dead letter').count(), { timeout: 10_000 }).toBe(1);
  });

  test('clearing asks first, by keyboard alone', async () => {
    const { visit } = await openDoubtful(browser);
    const page = await visit('/dead?class=ambiguous');
    await page.getByRole('link', { name: 'Clear all' }).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL('**/dead/clear?*');
    await page.getByRole('button', { name: 'Clear' }).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL('**/dead?class=ambiguous');
    expect(await page.getByRole('status').textContent()).toContain('1 dead letter cleared.');
  });

  test('fit a phone, and keep nobody out', async () => {
    const { visit } = await openDoubtful(browser);
    for (const path of [
      '/dead',
      '/dead?class=ambiguous',
      '/dead/clear?class=ambiguous',
      '/dead?class=auth',
    ]) {
      // Of the richest one both schemes: the colours are the same everywhere.
      const schemes = path === '/dead' ? (['light', 'dark'] as const) : (['light'] as const);
      for (const colorScheme of schemes) {
        const page = await visit(path, { isPhone: true, colorScheme });
        expect([path, await scrollsSideways(page)]).toEqual([path, false]);
        expect([path, await violationsOf(page)]).toEqual([path, []]);
        await page.close();
      }
    }
  });
});
