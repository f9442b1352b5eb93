import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startPlexSimulator } from '../../simulator/plex/server.ts';
import { SWITCHES } from '../../simulator/plex/switches.ts';
import { generatedItems } from '../../simulator/plex/testing/generatedItems.ts';
import { PNG } from '../../simulator/plex/testing/png.ts';

/** Steps of the probe; one that is skipped would be a step the simulator was not tested on. */
const STEPS = 61;

const PROBE = fileURLToPath(new URL('./plexapi_probe.py', import.meta.url));
const PYTHON =
  process.env['PLEXSYNC_PYTHON'] ?? fileURLToPath(new URL('../../.venv/bin/python', import.meta.url));
const NO_PYTHON =
  `no python-plexapi: ${PYTHON} is missing. Make it with ` +
  'python3 -m venv .venv && .venv/bin/pip install -r test/contract/requirements.txt, or set PLEXSYNC_PYTHON';

async function posterUrl(): Promise<string> {
  const server = createServer((_request, response) => response.end(PNG));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/poster.png`;
}

const linesOf = (program: string, words: readonly string[]): Promise<readonly string[]> =>
  new Promise((resolve) => {
    execFile(program, words, { timeout: 100_000 }, (_error, stdout, stderr) => {
      resolve(`${stdout}${stderr}`.split('\n').filter((line) => line !== ''));
    });
  });

describe('python-plexapi finds a Plex server in the simulator', () => {
  test.for(SWITCHES.tagWrite.sides)('when tag writes %s', async (tagWrite, { skip }) => {
    if (!existsSync(PYTHON)) console.warn(NO_PYTHON);
    skip(!existsSync(PYTHON), NO_PYTHON);
    const simulator = await startPlexSimulator({
      token: 'T',
      sections: [
        { title: 'Scenes', items: generatedItems(25) },
        { title: 'Shows', type: 'show' },
      ],
      // The poster the probe has the server fetch lies on loopback.
      switches: { tagWrite, privateUrls: 'fetched' },
    });
    onTestFinished(() => simulator.close());
    simulator.library.play(simulator.library.ratingKeys({ sectionKey: '1' })[0] ?? '');
    const words = [PROBE, simulator.url, 'T', 'Scenes', '--poster-url', await posterUrl(), '--listen', '2'];
    const lines = await linesOf(PYTHON, words);
    const steps = lines.filter((line) => !line.startsWith('#'));
    expect(steps.filter((line) => !line.startsWith('ok '))).toEqual([]);
    expect(steps).toHaveLength(STEPS);
    expect(steps).toContain('ok sessions list: 1 sessions');
    simulator.log.assertHarmless();
  });
});
