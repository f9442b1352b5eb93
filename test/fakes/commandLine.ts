import { setupCommand } from '../../src/cli/commands/setup.ts';
import type { CliContext, EngineRequest } from '../../src/cli/context.ts';
import { runCli } from '../../src/cli/program.ts';
import { ratingKey, sceneId, sectionUuid } from '../../src/core/ids.ts';
import type { Job } from '../../src/core/job.ts';
import { succeed } from '../../src/core/result.ts';
import { sceneSubject } from '../../src/core/scene.ts';
import type { Operations } from '../../src/engine/operations.ts';
import { fakeOperations } from './fakeOperations.ts';

export const NOW = 1_000_000_000;
export const HOUR = 3_600_000;
export const TOKEN = 'plex-token-7f3a';
export const ENVIRONMENT = {
  PLEXSYNC_PLEX_URL: 'http://plex:32400',
  PLEXSYNC_PLEX_TOKEN: TOKEN,
  PLEXSYNC_STASH_URL: 'http://stash:9999',
};

/** No settings file lies there. */
const NOWHERE = '/nowhere';

interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  /** What happened, in order. */
  readonly events: readonly string[];
  readonly request: EngineRequest | null;
}

/** One run of `plexsync`; with `daemon` one is running, else `own` answers in the process. */
export async function plexsync(
  args: string,
  world: { daemon?: Operations; own?: Operations } & Partial<CliContext> = {},
): Promise<Outcome> {
  const { daemon, own = fakeOperations(), ...overrides } = world;
  const printed = { out: '', err: '' };
  const events: string[] = [];
  let now = NOW;
  const seen: { request: EngineRequest | null } = { request: null };
  const context: CliContext = {
    version: '1.2.3',
    environment: ENVIRONMENT,
    cwd: NOWHERE,
    now: () => now,
    sleep: (ms) => {
      now += ms;
      return Promise.resolve();
    },
    width: null,
    ask: null,
    hasColours: false,
    isLogOnTerminal: false,
    bottomLine: null,
    onUncaught: () => undefined,
    out: (text) => {
      printed.out += text;
    },
    err: (text) => {
      printed.err += text;
    },
    connectDaemon: (dataDir) => {
      events.push(`connect ${dataDir}`);
      return Promise.resolve(succeed(daemon ?? null));
    },
    openOperations: (request) => {
      seen.request = request;
      events.push('open');
      const note = (event: string) => (): Promise<void> => {
        events.push(event);
        return Promise.resolve();
      };
      return Promise.resolve(succeed({ operations: own, drain: note('drain'), close: note('close') }));
    },
    examineClosed: ({ why }) =>
      Promise.resolve([{ name: 'Start', state: 'problem', found: why, advice: 'Do that.' }]),
    forget: () => Promise.resolve(succeed({ goes: [], stays: [] })),
    runService: async (source) => {
      seen.request = await source.serviceRequest();
      events.push('serve');
      return succeed(undefined);
    },
    ...overrides,
  };
  const code = await runCli(args.split(' ').filter(Boolean), context, [
    setupCommand(() => {
      events.push('setup');
      return Promise.resolve();
    }),
  ]);
  return { code, ...printed, events, request: seen.request };
}

export const job = (facts: Partial<Job>): Job => ({
  subject: sceneSubject(sceneId('42')),
  state: 'pending',
  source: 'hook',
  priority: 10,
  enqueuedAt: NOW,
  dueAt: NOW,
  attempt: 0,
  postponed: 0,
  again: false,
  cursor: null,
  failure: null,
  stateSince: NOW - 2 * HOUR,
  ...facts,
});

export const item = { section: sectionUuid('u-1'), ratingKey: ratingKey('123') };
