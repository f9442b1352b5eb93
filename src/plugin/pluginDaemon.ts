import { spawn } from 'node:child_process';
import { succeed } from '../core/result.ts';
import { type Resolutions, type SettingsDespite, settingsDespite } from '../core/settings/resolve.ts';
import { secretsOf } from '../core/settings/secretsOf.ts';
import { systemClock } from '../engine/clock.ts';
import { type RunningDaemon, runDaemon } from '../engine/daemon.ts';
import type { OpenRefusal } from '../engine/openEngine.ts';
import { readStoredInput } from '../engine/storedInput.ts';
import { createLogger, type Logger } from '../log/logger.ts';
import { RecentLines } from '../log/recentLines.ts';
import { redactor } from '../log/redact.ts';
import { NoticeBoard } from '../server/notices.ts';
import { makeReachable } from '../server/reachable.ts';
import { refuseRequests } from '../server/refuseRequests.ts';
import { WebPort } from '../server/web/webPort.ts';
import type { WebServer } from '../server/web/webServer.ts';
import { webServerOf } from '../server/web/webServerOf.ts';
import { setupSteps } from '../setup/setupSteps.ts';
import { makeFolder } from '../store/makeFolder.ts';
import { type Watched, watchedFrom } from './endOfLife.ts';
import { type LogFile, openLogFile } from './logFile.ts';
import type { PluginPlace } from './pluginPlace.ts';
import { readRememberedStash, rememberStash } from './rememberedStash.ts';
import { settingsInStash } from './settingsInStash.ts';
import { StashAccess } from './stashAccess.ts';
import { bundleMark, lookAround } from './surroundings.ts';
import { type Change, Watch } from './watch.ts';

/** Settings are looked at as often as scenes are polled, and at least this often. */
const LOOK_AT_LEAST_MS = 30_000;
/** Whoever sets it up is waiting to see it work. */
const LOOK_WHILE_NOT_SET_UP_MS = 5_000;

export interface PluginDaemonRequest {
  readonly place: PluginPlace;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly version: string;
  /** Ends the daemon in order. */
  readonly signal: AbortSignal;
}

/** The daemon as the plugin runs it: settings come from Stash, and it lives no longer than the plugin does. */
export async function runPluginDaemon(request: PluginDaemonRequest): Promise<void> {
  const { place } = request;
  makeFolder(place.dataDir, 0o700);
  const log = openLogFile(place.dataDir);
  // hook.sh gives it no streams, so that Node's own last words would be lost.
  process.on('uncaughtExceptionMonitor', (error) => log.writeLastWords(`${lastWords(error)}\n`));
  try {
    await new PluginDaemon(request, log).run();
  } finally {
    await log.close();
  }
}

const lastWords = (error: Error): string =>
  redactor([])(
    `[${new Date().toISOString()}] FATAL: this is a bug in PlexSync, please report it: ${error.stack ?? error.message}`,
  );

type Ending = Change | { readonly kind: 'refused'; readonly refusal: OpenRefusal };

class PluginDaemon {
  readonly #request: PluginDaemonRequest;
  readonly #log: LogFile;
  /** One for life, too: what was said before settings changed can still be looked up. */
  readonly #recentLog = new RecentLines();
  #watched: Watched = watchedFrom(null);
  /** One for life: what stands is not said again when settings change. */
  readonly #notices: NoticeBoard;
  readonly #door = new WebPort();
  #retryStash: () => void = () => undefined;

  constructor(request: PluginDaemonRequest, log: LogFile) {
    this.#request = request;
    this.#log = log;
    this.#notices = new NoticeBoard(request.place.inboxDir, { mode: 0o600 });
  }

  async run(): Promise<void> {
    const { place } = this.#request;
    this.#watched = watchedFrom(await bundleMark(place.bundle));
    const access = await this.#reachStash();
    await access.look();
    try {
      await this.#liveOn(access);
    } finally {
      await this.#door.close();
    }
  }

  async #liveOn(access: StashAccess): Promise<void> {
    for (;;) {
      const settings = this.#settings(access);
      const logger = this.#logger(settings, access);
      const ending = await this.#live(settings, { access, logger });
      switch (ending.kind) {
        case 'settings':
          logger.info('settings have changed: going on with the new ones');
          continue;
        case 'refused':
          return this.#refuse(ending.refusal, logger);
        case 'end':
          logger.info({ reason: ending.reason }, 'the plugin’s daemon ends');
          if (ending.reason === 'replaced by another version') startReplacement(this.#request);
          return;
      }
    }
  }

  async #reachStash(): Promise<StashAccess> {
    const { dataDir, storedInput } = this.#request.place;
    const access = new StashAccess({
      remembered: await readRememberedStash(dataDir),
      remember: (stash) => rememberStash(dataDir, stash),
      onRenewed: () => this.#retryStash(),
      cutOff: this.#request.signal,
    });
    if (storedInput !== null) {
      try {
        access.note(await readStoredInput(storedInput));
      } catch {
        // Another daemon has taken it in; what it said comes again with the next event.
      }
    }
    return access;
  }

  #settings(access: StashAccess): SettingsDespite {
    return settingsDespite(this.#resolutions(access));
  }

  #resolutions({ url, values }: StashAccess): Resolutions {
    const { place, environment } = this.#request;
    return settingsInStash({ place, environment, stashUrl: url, values });
  }

  #logger({ settings }: SettingsDespite, access: StashAccess): Logger {
    const secrets = [...secretsOf(settings), access.signIn.apiKey].filter((secret) => secret !== '');
    return createLogger({
      level: settings.log_level,
      secrets,
      hidesPaths: settings.obfuscate_paths,
      isTerminal: true,
      write: (line) => this.#log.write(line),
      ...(settings.http_port === 0 ? {} : { tee: this.#recentLog.note }),
    });
  }

  /** Runs the daemon until something changes that it cannot go on with. */
  async #live(
    despite: SettingsDespite,
    { access, logger }: { readonly access: StashAccess; readonly logger: Logger },
  ): Promise<Ending> {
    const { place, version, signal: processSignal } = this.#request;
    const change = new AbortController();
    let ending: Ending = { kind: 'end', reason: 'told to end' };
    const running = JSON.stringify(despite);
    const web = await webServerOf(despite.settings, { door: this.#door, recentLog: this.#recentLog });
    const signal = AbortSignal.any([processSignal, change.signal]);
    const watch = new Watch({
      clock: systemClock,
      logger,
      signal,
      everyMs: lookEveryMs(despite),
      watched: this.#watched,
      look: async () => lookAround(place, await access.look()),
      haveSettingsChanged: () => JSON.stringify(this.#settings(access)) !== running,
      onChange: (found) => {
        ending = found;
        change.abort();
      },
    });
    const ended = await runDaemon({
      settings: despite.settings,
      problems: despite.problems,
      logger,
      version,
      logFile: this.#log.path,
      stashSignIn: access.signIn,
      ...(web === null ? {} : { meter: web.meter }),
      signal,
      isExternal: false,
      isGoingOn: () => !processSignal.aborted && ending.kind === 'settings',
      onNewestInput: (input) => {
        access.note(input);
        watch.lookSoon();
      },
      serve: (daemon) => this.#serve(daemon, { access, logger, watch, web, despite }),
    });
    change.abort();
    return ended.ok ? ending : { kind: 'refused', refusal: ended.failure };
  }

  async #serve(
    daemon: RunningDaemon,
    parts: {
      readonly access: StashAccess;
      readonly logger: Logger;
      readonly watch: Watch;
      readonly web: WebServer | null;
      readonly despite: SettingsDespite;
    },
  ): Promise<{ close(): Promise<void> }> {
    const { access, logger, watch, web, despite } = parts;
    const { inboxDir, dataDir } = this.#request.place;
    this.#retryStash = () => daemon.retryPause('stash');
    const reachable = await makeReachable({
      dataDir,
      inboxDir,
      operations: daemon.operations,
      setup: setupSteps({
        settings: despite.settings,
        meta: daemon.store.meta,
        version: this.#request.version,
      }),
      daemon,
      web,
      logger,
      isExternal: false,
      isNotSetUp: despite.isNotSetUp,
      settingsPlace: { kind: 'stash', read: () => Promise.resolve(succeed(this.#resolutions(access))) },
      notices: this.#notices,
      // With the settings of now: whoever asks may have changed them a moment ago.
      mayAnswer: async (input) => {
        access.note(input);
        return watch.lookNow();
      },
    });
    const watching = watch.run();
    return {
      close: async () => {
        this.#retryStash = () => undefined;
        await reachable.close();
        await watching;
      },
    };
  }

  async #refuse(refusal: OpenRefusal, logger: Logger): Promise<void> {
    if (refusal.isHeld) {
      logger.info('another daemon of this plugin runs: leaving the work to it');
      return;
    }
    logger.error(refusal.message);
    await refuseRequests(this.#request.place.inboxDir, refusal.message);
  }
}

function lookEveryMs({ settings, problems }: SettingsDespite): number {
  if (problems.length > 0) return LOOK_WHILE_NOT_SET_UP_MS;
  return Math.min(settings.poll_interval * 1000, LOOK_AT_LEAST_MS);
}

/** Goes on with the new code at once, rather than when the next hook comes: jobs may be waiting. */
function startReplacement({ place }: PluginDaemonRequest): void {
  const child = spawn(process.execPath, [place.bundle], {
    detached: true,
    stdio: 'ignore',
    env: { ...process.env, PLEXSYNC_STORED_EVENT: '' },
  });
  child.on('error', () => undefined);
  child.unref();
}
