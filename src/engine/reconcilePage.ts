import { isFailure } from '../core/failure.ts';
import type { SceneId } from '../core/ids.ts';
import type { Link } from '../core/link.ts';
import { type ListProof, listProof } from '../core/planning/unchanged.ts';
import { isLongDead } from '../core/reconcile/deadLinks.ts';
import { addCounts, NO_COUNTS, type ReconcileCounts } from '../core/reconcile/progress.ts';
import { type Standing, standingOf } from '../core/reconcile/standing.ts';
import { type Result, succeed } from '../core/result.ts';
import { whyLeftOut } from '../core/scope.ts';
import type { ListedScene } from '../stash/stashClient.ts';
import type { IndexedPart, LinkId } from '../store/port.ts';
import { breathe } from './breathe.ts';
import type { Clock } from './clock.ts';
import { desiredWithHash } from './desiredWithHash.ts';
import { desireRules, type EngineRules } from './desireRules.ts';
import { imagesInQuestion } from './images/imagesInQuestion.ts';
import { isWithoutItem, type Judged, judgeScenes, type MatchParts } from './judge.ts';
import type { TagTree } from './tagTree.ts';

/** Scenes judged in one go: the database holds everything else up for some milliseconds. */
const SCENES_AT_ONCE = 100;

export interface PageParts extends MatchParts {
  readonly clock: Clock;
  readonly tagTree: TagTree;
}

export interface ComparedPage {
  /** Scenes that are to be looked at. */
  readonly look: readonly SceneId[];
  /** Scenes that were looked at before, and wait for something to change, and nothing has. */
  readonly left: readonly SceneId[];
  /** Links whose items will hardly come back. */
  readonly dead: readonly LinkId[];
  readonly counts: ReconcileCounts;
}

/** Compares scenes, as Stash listed them, with what we know of Plex. Asks neither of them anything. */
export async function comparePage(
  page: readonly ListedScene[],
  parts: PageParts,
): Promise<Result<ComparedPage>> {
  const rules = await desireRules(parts);
  if (!rules.ok) return rules;
  const look: SceneId[] = [];
  const left: SceneId[] = [];
  const dead: LinkId[] = [];
  let counts = NO_COUNTS;
  for (let start = 0; start < page.length; start += SCENES_AT_ONCE) {
    const chunk = page.slice(start, start + SCENES_AT_ONCE);
    const compared = await standingsOf(chunk, rules.value, parts);
    dead.push(...compared.dead);
    for (const [id, standing] of compared.standings) {
      if (standing.kind === 'look') look.push(id);
      else if (standing.kind !== 'in-step') left.push(id);
      counts = addCounts(counts, countOf(standing));
    }
    await breathe();
  }
  return succeed({ look, left, dead, counts });
}

async function standingsOf(
  listed: readonly ListedScene[],
  rules: EngineRules,
  parts: PageParts,
): Promise<{
  readonly standings: readonly (readonly [SceneId, Standing])[];
  readonly dead: readonly LinkId[];
}> {
  const held = await parts.store.holds.of(listed.map(({ id }) => id));
  const whole = listed.flatMap(({ scene }) => (isFailure(scene) ? [] : [scene]));
  const leftOut = new Set(
    whole.filter((scene) => whyLeftOut(scene, rules.settings) !== null).map(({ id }) => id),
  );
  const scenes = whole.filter(({ id }) => !leftOut.has(id));
  const judged = await judgeScenes(scenes, parts);
  const hashes = new Map(scenes.map((scene) => [scene.id, desiredWithHash(scene, rules).hash] as const));
  const now = parts.clock.now();
  const areImagesInQuestion = await imagesInQuestion([...judged.values()], parts);
  const standingWith = (each: Judged, job: Parameters<typeof standingOf>[0]['job']): Standing =>
    standingOf<IndexedPart>({
      verdict: each.verdict,
      links: each.links.filter((link) => !isWithoutItem(link, each)),
      job,
      proofOf: (link, part) =>
        areImagesInQuestion(each.scene, link)
          ? 'different'
          : proofOf({ link, part, hash: hashes.get(each.scene.id) ?? '', now }),
    });
  const first = new Map([...judged].map(([id, each]) => [id, standingWith(each, null)]));
  // Most are in step, and need nobody to ask the queue.
  const open = [...first].filter(([, standing]) => standing.kind !== 'in-step').map(([id]) => id);
  const jobs = await parts.store.comparison.jobsOf(open);
  const standings = listed.map(({ id }): readonly [SceneId, Standing] => {
    if (held.has(id)) return [id, { kind: 'held' }];
    if (leftOut.has(id)) return [id, { kind: 'left-out' }];
    const each = judged.get(id);
    const job = jobs.get(id) ?? null;
    if (each === undefined) return [id, { kind: 'look', why: null }];
    return [id, job === null ? (first.get(id) ?? standingWith(each, null)) : standingWith(each, job)];
  });
  const dead = [...judged.values()].flatMap((each) =>
    each.links.filter((link) => isWithoutItem(link, each) && isLongDead(link, now)),
  );
  return { standings, dead };
}

const proofOf = (facts: {
  readonly link: Link;
  readonly part: IndexedPart;
  readonly hash: string;
  readonly now: number;
}): ListProof => listProof({ ...facts, listedUpdatedAt: facts.part.itemUpdatedAt, isPlexInQuestion: true });

function countOf(standing: Standing): ReconcileCounts {
  const one = { ...NO_COUNTS, scenes: 1 };
  switch (standing.kind) {
    case 'in-step':
      return { ...one, inStep: 1 };
    case 'left-out':
      return { ...one, leftOut: 1 };
    case 'not-in-plex':
      return { ...one, notInPlex: 1 };
    case 'needs-person':
      return { ...one, needPerson: 1 };
    case 'held':
      return { ...one, held: 1 };
    case 'look': {
      const isToBeSure = standing.why === 'its-turn' || standing.why === 'read-too-soon';
      return { ...one, queued: 1, queuedToBeSure: isToBeSure ? 1 : 0 };
    }
  }
}
