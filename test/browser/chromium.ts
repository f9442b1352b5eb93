import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** Debian's comes first: it is the one that CI installs. */
const PLACES = [
  process.env['PLEXSYNC_CHROMIUM'] ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

const found = PLACES.find((path) => path !== '' && existsSync(path)) ?? null;

/** For `describe.skipIf`: said once a file, so that nobody takes skipped tests for passed ones. */
export const hasChromium: boolean = found !== null;
if (!hasChromium) {
  process.stderr.write(
    'No Chromium here (PLEXSYNC_CHROMIUM names another place): what is to be seen in a browser is skipped.\n',
  );
}

/** Whoever launches it closes it. Containers have neither a sandbox for root nor much shared memory. */
export async function launchChromium(): Promise<Browser> {
  if (found === null) throw new Error('there is no Chromium to launch');
  return chromium.launch({
    executablePath: found,
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'],
  });
}
