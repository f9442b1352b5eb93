import { randomUUID } from 'node:crypto';
import type { Answers } from '../../core/firstRun/withAnswers.ts';
import type { Resolution, Resolutions } from '../../core/settings/resolve.ts';
import type { SettingValue } from '../../core/settings/settingSchema.ts';
import { SETTING_KEYS, type SettingKey, type Settings } from '../../core/settings/table.ts';
import { type Clock, systemClock } from '../../engine/clock.ts';
import { createLogger } from '../../log/logger.ts';
import { createPlexTvClient } from '../../plex/plexTv/createPlexTvClient.ts';
import type { Limits } from '../../setup/limits.ts';
import { saveSettings } from '../../setup/saveSettings.ts';
import { Trial } from '../../setup/trial.ts';
import { CommandFailure } from '../exitCode.ts';
import { settingsPath } from '../loadSettings.ts';
import type { Run } from '../run.ts';
import { chooseLibraries } from './chooseLibraries.ts';
import { comparePaths } from './comparePaths.ts';
import { connectPlex } from './connectPlex.ts';
import { connectStash } from './connectStash.ts';
import { givenSetting } from './givenSettings.ts';
import { Cancelled, type Questions } from './questions.ts';
import { Screen } from './screen.ts';
import { insist, type SetupOptions, type SetupTalk } from './setupTalk.ts';
import { showFirstSync } from './showFirstSync.ts';

export interface SetupParts {
  /** Null: no terminal. */
  readonly questions: Questions | null;
  /** Fires on Ctrl-C between two questions. */
  readonly signal: AbortSignal;
  readonly clock?: Clock;
}

/** What is asked for, so that a wrong value of these in the file is no hindrance. */
const ASKED: ReadonlySet<SettingKey> = new Set([
  'plex_url',
  'plex_token',
  'plex_library',
  'stash_url',
  'stash_api_key',
  'path_map',
  'plex_client_id',
]);

/** For a question that any server answers at once: somebody waits. */
const PATIENCE_S = 10;

const RAIL = '│  ';

/** The whole conversation. Nothing is stored before its end, so that Ctrl-C leaves everything as it was. */
export async function runSetup(run: Run, options: SetupOptions, parts: SetupParts): Promise<void> {
  const stopped = new Promise<never>((_, reject) => {
    parts.signal.addEventListener('abort', () => reject(new Cancelled()));
  });
  try {
    await Promise.race([converse(run, options, parts), stopped]);
  } catch (error) {
    if (!(error instanceof Cancelled)) throw error;
    throw new CommandFailure('failed', 'The set-up was ended. Nothing was saved.');
  }
}

async function converse(run: Run, options: SetupOptions, parts: SetupParts): Promise<void> {
  const resolutions = await run.settings({ isToBeMade: true });
  refuseWrong(resolutions);
  const talk = talkOf(run, options, { ...parts, resolutions });
  const { limits } = talk;
  if (talk.questions !== null) begin(talk);
  const asking = { ...limits, clientIdentifier: talk.clientIdentifier, version: talk.version };
  const isOn = (key: SettingKey): boolean => resolutions[key].ok && resolutions[key].value === true;
  const plexTv = createPlexTvClient({ ...asking, url: textOf(resolutions, 'plex_tv_url') });

  const plex = await insist(talk, () =>
    connectPlex(talk, plexTv, { ...asking, tlsVerify: isOn('plex_tls_verify') }),
  );
  const libraries = await insist(talk, () => chooseLibraries(talk, plex.libraries));
  const stash = await insist(talk, () =>
    connectStash(talk, { ...limits, tlsVerify: isOn('stash_tls_verify') }),
  );
  const answers: Answers = {
    plex_url: plex.server.url,
    plex_token: plex.token,
    plex_client_id: talk.clientIdentifier,
    plex_library: libraries,
    stash_url: stash.url,
    stash_api_key: stash.apiKey === '' ? null : stash.apiKey,
  };
  const { settings, log } = run.engineRequest(withAnswered(resolutions, answers), 'error');
  const logger = createLogger(log);
  const { clientIdentifier, version } = talk;
  const trial = new Trial({ settings, clientIdentifier, version, logger, cutOff: limits.cutOff }, talk.clock);
  try {
    const paths = await insist(talk, () => comparePaths(talk, trial));
    const { maps } = paths.compared;
    const { width } = run.context;
    const preview = await showFirstSync(talk, trial, {
      maps,
      width: width === null || talk.questions === null ? width : width - RAIL.length,
    });
    const saved = await save(run, talk, {
      ...flagsOf(resolutions),
      ...answers,
      path_map: paths.answer,
    });
    const { looked, common, agreeing } = paths.compared;
    const { name = null } = plex.server.listed ?? {};
    run.answer({
      json: {
        file: run.settingsFile,
        saved,
        plex: {
          name,
          url: plex.server.url,
          reach: plex.server.reach,
          version: plex.server.version,
          isOwner: plex.isOwner,
        },
        libraries,
        stash: { url: stash.url, version: stash.version, scenes: stash.scenes },
        files: { looked, common, agreeing },
        pathMaps: maps,
        preview,
      },
      text: await lastWords(run, resolutions, settings.first_sync),
    });
  } finally {
    await trial.close();
  }
}

function begin({ screen }: SetupTalk): void {
  screen.heading('PlexSync set-up');
  screen.gap();
  screen.lines('Nothing is saved before the end. Ctrl-C leaves everything as it was.');
}

interface TalkParts extends SetupParts {
  readonly resolutions: Resolutions;
}

function talkOf(run: Run, options: SetupOptions, { resolutions, ...parts }: TalkParts): SetupTalk {
  const questions = options.yes === true || run.isForPrograms ? null : parts.questions;
  const { context } = run;
  const write = run.isForPrograms ? context.err : context.out;
  const screen = new Screen({
    write,
    width: context.width,
    rail: questions === null ? '' : RAIL,
    isTerminal: context.width !== null,
    paint: run.output.paint,
  });
  const identifier = textOf(resolutions, 'plex_client_id');
  return {
    screen,
    questions,
    options,
    given: (key) => givenSetting(resolutions, key),
    hide: (secret) => run.hide(secret),
    clientIdentifier: identifier === '' ? randomUUID() : identifier,
    version: context.version,
    limits: limitsOf(resolutions, parts.signal),
    clock: parts.clock ?? systemClock,
  };
}

function limitsOf(resolutions: Resolutions, cutOff: AbortSignal): Limits {
  const { connect_timeout: connect, read_timeout: read } = resolutions;
  return {
    connectTimeoutMs: Number(connect.ok ? connect.value : 0) * 1000,
    readTimeoutMs: Math.min(Number(read.ok ? read.value : 0), PATIENCE_S) * 1000,
    cutOff,
  };
}

const textOf = (resolutions: Resolutions, key: SettingKey): string => {
  const resolution = resolutions[key];
  return resolution.ok ? String(resolution.value) : '';
};

/** What is asked for may be missing or, in the file, wrong; nothing else may. */
function refuseWrong(resolutions: Resolutions): void {
  const wrong = SETTING_KEYS.flatMap((key) => {
    const resolution = resolutions[key];
    const isAsked = ASKED.has(key) && ['default', 'file'].includes(resolution.origin.kind);
    return resolution.ok || isAsked ? [] : [resolution.problem];
  });
  if (wrong.length > 0) throw new CommandFailure('usage', wrong.join('\n'));
}

/** As if all that was answered had been given. */
function withAnswered(resolutions: Resolutions, answers: Answers): Resolutions {
  const origin = { kind: 'flag', name: 'the set-up' } as const;
  const answered = Object.entries(answers).map(([key, value]): [string, Resolution] => [
    key,
    { ok: true, origin, value: value ?? '' },
  ]);
  return { ...resolutions, ...Object.fromEntries(answered) };
}

/** A flag is given to be kept. */
function flagsOf(resolutions: Resolutions): Answers {
  const flags = SETTING_KEYS.flatMap((key): [SettingKey, SettingValue][] => {
    const resolution = resolutions[key];
    return resolution.ok && resolution.origin.kind === 'flag' ? [[key, resolution.value]] : [];
  });
  return Object.fromEntries(flags);
}

/** What stands in the environment holds by itself, and is not copied to a disk. */
async function save(run: Run, talk: SetupTalk, answers: Answers): Promise<readonly SettingKey[]> {
  const ours = Object.fromEntries(
    Object.entries(answers).filter(([key]) => talk.given(key as SettingKey)?.isInEnvironment !== true),
  );
  if (talk.questions !== null) {
    const message = `Save this to ${run.settingsFile}?`;
    if (!(await talk.questions.confirm({ message, proposed: true }))) throw new Cancelled();
  }
  const saved = await saveSettings(run.settingsFile, ours, talk.limits.cutOff);
  if (!saved.ok) throw new CommandFailure('failed', saved.failure);
  talk.screen.found('good', 'Saved', `${run.settingsFile}, only you can read it`);
  if (talk.questions !== null) talk.screen.ending();
  return SETTING_KEYS.filter((key) => ours[key] !== undefined && ours[key] !== null);
}

async function lastWords(
  run: Run,
  resolutions: Resolutions,
  firstSync: Settings['first_sync'],
): Promise<string> {
  const { cwd, connectDaemon } = run.context;
  const isUsual = run.settingsFile === settingsPath({ cwd, configFile: null });
  const config = isUsual ? '' : ` --config ${run.settingsFile}`;
  const daemon = await connectDaemon(textOf(resolutions, 'data_dir'));
  const restart =
    daemon.ok && daemon.value === null ? [] : ['', 'A PlexSync runs with its old settings: start it anew.'];
  return [
    '',
    `plexsync serve${config}`,
    '  runs PlexSync: from then on what you edit in Stash comes to Plex',
    ...(resolutions.http_port.ok && resolutions.http_port.value === 0
      ? [`plexsync serve${config} --http-port 7475`, '  the same, with a dashboard at http://127.0.0.1:7475']
      : []),
    `plexsync sync --all${config}`,
    firstSync === 'run'
      ? '  compares everything once, and writes what differs'
      : '  compares everything once; plexsync first-sync then shows what it would write',
    ...restart,
  ].join('\n');
}
