import { fail, type Result, succeed } from '../core/result.ts';
import { runDaemon } from '../engine/daemon.ts';
import { createLogger } from '../log/logger.ts';
import { RecentLines } from '../log/recentLines.ts';
import { makeReachable } from '../server/reachable.ts';
import { WebPort } from '../server/web/webPort.ts';
import type { WebOfProcess } from '../server/web/webServer.ts';
import { webServerOf } from '../server/web/webServerOf.ts';
import { saveSettings } from '../setup/saveSettings.ts';
import type { SettingsInFile } from '../setup/settingsPlace.ts';
import { setupSteps } from '../setup/setupSteps.ts';
import type { ServiceSource } from './context.ts';

/** The answer that says so has left by then. */
const GO_ON_AFTER_MS = 100;

/** The daemon as a service: beside Stash or away from it. Put together anew as often as a page changes settings. */
export async function runService(source: ServiceSource, signal: AbortSignal): Promise<Result<void, string>> {
  const kept: WebOfProcess = { door: new WebPort(), recentLog: new RecentLines() };
  try {
    for (;;) {
      const ended = await runOnce(source, { kept, signal });
      if (!ended.ok || ended.value === 'told to end') return ended.ok ? succeed(undefined) : ended;
    }
  } finally {
    await kept.door.close();
  }
}

async function runOnce(
  source: ServiceSource,
  { kept, signal }: { readonly kept: WebOfProcess; readonly signal: AbortSignal },
): Promise<Result<'told to end' | 'settings', string>> {
  const { settings, problems = [], isNotSetUp, log, version } = await source.serviceRequest();
  const web = await webServerOf(settings, kept);
  const logger = createLogger(web === null ? log : { ...log, tee: kept.recentLog.note });
  const { data_dir: dataDir, inbox_dir: inboxDir } = settings;
  if (problems.length > 0) {
    logger.warn(
      { problems },
      'not set up: nothing is done before the dashboard was told the rest, at /setup',
    );
  }
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
        setup: setupSteps({ settings, meta: daemon.store.meta, version }),
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
