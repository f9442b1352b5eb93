import type { SetupCheck } from '../core/setupCheck.ts';
import { type Heard, problem } from '../core/setupCheck.ts';
import * as findings from '../core/setupFindings.ts';
import { answerWithin } from './answerWithin.ts';
import type { Engine } from './engine.ts';
import { knownPlexServer } from './plexServer.ts';
import { STOP_ADVICE } from './safetyStop.ts';
import { sectionsInScope } from './sections.ts';

/** For all questions to one server together: the plugin's task waits for the check, 3 s at least (hook.sh). */
const PATIENCE_MS = 2_500;

/** Looks at everything that a sync needs, and changes nothing. What builds on an answer that failed is left out. */
export async function checkSetup(engine: Engine): Promise<readonly SetupCheck[]> {
  // First, since what is found below may pause work, and is told below.
  const work = findings.workChecks(await workFacts(engine));
  const [stash, plex, ours] = await Promise.all([stashChecks(engine), plexChecks(engine), ownChecks(engine)]);
  return [...findings.settingsChecks(engine.problems), ...stash, ...plex, ...ours, ...work];
}

async function workFacts({ settings, stop, gate }: Engine): Promise<findings.WorkFacts> {
  const current = await stop.current();
  return {
    enabled: settings.enabled,
    dryRun: settings.dry_run,
    stop: current === null ? null : { reason: current.reason, advice: STOP_ADVICE[current.kind] },
    pauses: gate.pauses(),
    breakers: await gate.breakers(),
  };
}

async function stashChecks({ settings, direct: { stash }, clock }: Engine): Promise<readonly SetupCheck[]> {
  if (settings.stash_url === '') return [notAsked('Stash', 'stash_url')];
  const ask = patientFor(clock);
  const probe = await ask(stash.probe());
  if (probe?.ok !== true) return [findings.stashCheck(probe)];
  const scenes = await ask(stash.countScenes());
  const plugins = await ask(stash.plugins());
  return [findings.stashCheck(probe), findings.scenesCheck(scenes), ...findings.pluginChecks(plugins)];
}

async function plexChecks({
  settings,
  store,
  direct: { plex },
  clock,
}: Engine): Promise<readonly SetupCheck[]> {
  if (settings.plex_url === '') return [notAsked('Plex', 'plex_url')];
  const ask = patientFor(clock);
  const identity = await ask(plex.identity());
  if (identity?.ok !== true) return [findings.plexCheck(identity)];
  const server = findings.serverCheck(identity.value, await knownPlexServer(store.meta));
  const reached = [findings.plexCheck(identity), server];
  if (settings.plex_token === '') return [...reached, notAsked('Plex token', 'plex_token')];
  const token = await ask(plex.checkToken());
  if (token?.ok !== true) return [...reached, findings.tokenCheck(token)];
  const all = await ask(plex.sections());
  const inScope = all?.ok === true ? sectionsInScope(all.value, settings.plex_library) : all;
  return [...reached, findings.tokenCheck(token), findings.librariesCheck(inScope)];
}

/** As many as are looked at; a person needs no more to know. */
const SCENES_COUNTED = 100;
/** Plex looks for new files by itself, too. */
const LONG_MS = 10 * 60 * 1000;

async function notInPlex({ store, clock, settings }: Engine): Promise<readonly SetupCheck[]> {
  const states = ['waiting', 'dead'] as const;
  const jobs = await store.queue.list({ states, class: 'no-match', limit: SCENES_COUNTED });
  const scenes = jobs.filter((job) => clock.now() - job.enqueuedAt >= LONG_MS).length;
  const isCountCut = scenes === SCENES_COUNTED;
  return findings.notInPlexChecks({ scenes, isCountCut, asksPlexToScan: settings.trigger_plex_scan });
}

async function ownChecks(engine: Engine): Promise<readonly SetupCheck[]> {
  const { store, pathMaps } = engine;
  return [
    findings.indexCheck(await store.index.sections()),
    findings.matchingCheck({ links: await store.links.count(), pathMaps: await pathMaps.current() }),
    ...(await notInPlex(engine)),
  ];
}

const notAsked = (name: string, setting: string): SetupCheck =>
  problem(name, `Not asked: ${setting} is missing or wrong.`, `Correct ${setting}.`);

function patientFor(clock: Engine['clock']): <Value>(answer: Promise<Heard<Value>>) => Promise<Heard<Value>> {
  const until = clock.now() + PATIENCE_MS;
  return (answer) => answerWithin(answer, Math.max(0, until - clock.now()));
}
