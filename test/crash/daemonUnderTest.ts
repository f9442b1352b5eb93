import { readFileSync, writeFileSync } from 'node:fs';
import { environmentLayer } from '../../src/core/settings/layers.ts';
import { resolveSettings, settingsOf } from '../../src/core/settings/resolve.ts';
import { type Clock, systemClock } from '../../src/engine/clock.ts';
import type { CrashStep } from '../../src/engine/crashStep.ts';
import { runDaemon } from '../../src/engine/daemon.ts';
import { createLogger } from '../../src/log/logger.ts';
import { controlAddress } from '../../src/server/controlAddress.ts';
import { startControlServer } from '../../src/server/controlServer.ts';

/**
 * The daemon, which kills itself at CRASH_STEP once that was passed CRASH_PASSES times, leaving the name of
 * the step in the file CRASH_MARKER. Its settings come from the environment, as with `plexsync serve`.
 */
const wanted = process.env['CRASH_STEP'];
const marker = String(process.env['CRASH_MARKER']);
let passes = Number(process.env['CRASH_PASSES']);

function reach(step: CrashStep): void {
  if (step !== wanted || passes-- > 0) return;
  writeFileSync(marker, step);
  process.kill(process.pid, 'SIGKILL');
}

/** CLOCK_FILE holds how far (ms) this daemon's clock is from the machine's, and may change at any time. */
const clockFile = process.env['CLOCK_FILE'];
const clock: Clock = {
  ...systemClock,
  now: () => Date.now() + (clockFile === undefined ? 0 : Number(readFileSync(clockFile, 'utf8'))),
};

async function run(): Promise<void> {
  const settings = settingsOf(resolveSettings([environmentLayer(process.env)]));
  if (!settings.ok) throw new Error(settings.failure.join('; '));
  const logger = createLogger({
    level: 'debug',
    secrets: [settings.value.plex_token],
    isTerminal: false,
    hidesPaths: false,
    write: (line) => process.stderr.write(line),
  });
  const address = controlAddress(settings.value.data_dir);
  const ending = new AbortController();
  process.once('SIGTERM', () => ending.abort());
  const ended = await runDaemon({
    settings: settings.value,
    logger,
    version: '0.0.0',
    signal: ending.signal,
    isExternal: true,
    serve: ({ operations }) => startControlServer({ address, operations, logger }),
    reach,
    clock,
  });
  if (!ended.ok) throw new Error(ended.failure.message);
}

void run();
