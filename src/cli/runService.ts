import { fail, type Result, succeed } from '../core/result.ts';
import { runDaemon } from '../engine/daemon.ts';
import { createLogger } from '../log/logger.ts';
import { makeReachable } from '../server/reachable.ts';
import { WebPort } from '../server/web/webPort.ts';
import { webServerOf } from '../server/web/webServerOf.ts';
import { saveSettings } from '../setup/saveSettings.ts';
import type { SettingsInFile } from '../setup/settingsPlace.ts';
import type { ServiceSource } from './context.ts';

/** The answer that says so has left by then. */
const GO_ON_AFTER_MS = 100;

/** The daemon as a service: beside Stash or away from it. Put together anew as often as a page changes settings. */
export async function runService(source: ServiceSource, signal: AbortSignal): Promise<Result<void, string>> {
  const door = new WebPort();
  try {
    for (;;) {
      const ended = await runOnce(source, { door, signal });
      if (!ended.ok || ended.value === 'told to end') return ended.ok ? succeed(undefined) : ended;
    }
  } finally {
    await door.close();
  }
}

async function runOnce(
  source: ServiceSource,
  { door, signal }: { readonly door: WebPort; readonly signal: AbortSignal },
): Promise<Result<'told to end' | 'settings', string>> {
  const { settings, problems = [], isNotSetUp, log, version } = await source.serviceRequest();
  const logger = createLogger(log);
  const web = await webServerOf(settings, door);
  const { data_dir: dataDir, inbox_dir: inboxDir } = settings;
  const change = new AbortController();
  const settingsPlace: SettingsInFile = {
    kind: 'file',
    path: source.settingsFile,
    read: (answers = {}) => source.settingsWith(answers),
    save: (answers) => saveSettings(source.settingsFile, answers, signal),
    goOnWithSaved: () => void setTimeout(() => change.abort(), GO_ON_AFTER_MS),
  };
  const isGoingOn = (): boolean => change.signal.aborted && !signal.aborted;
  const ended = await runDaemon({
    settings,
    problems,
    logger,
    version,
    signal: AbortSignal.any([signal, change.signal]),
    isExternal: true,
    isGoingOn,
    ...(web === null ? {} : { meter: web.meter }),
    serve: (daemon) =>
      makeReachable({
        dataDir,
        inboxDir,
        operations: daemon.operations,
        daemon,
        web,
        settingsPlace,
        logger,
        isExternal: true,
        isNotSetUp,
      }),
  });
  if (!ended.ok) return fail(ended.failure.message);
  if (!isGoingOn()) return succeed('told to end');
  logger.info('settings have changed: going on with the new ones');
  return succeed('settings');
}
