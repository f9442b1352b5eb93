import { isFailure } from '../core/failure.ts';
import type { SceneId } from '../core/ids.ts';
import type { Link } from '../core/link.ts';
import { type ListProof, listProof } from '../core/planning/unchanged.ts';
import { addCounts, NO_COUNTS, type ReconcileCounts } from '../core/reconcile/progress.ts';
import { type Standing, standingOf } from '../core/reconcile/standing.ts';
import type { Scene } from '../core/scene.ts';
import type { ListedScene } from '../stash/stashClient.ts';
import type { IndexedPart } from '../store/port.ts';
import { breathe } from './breathe.ts';
import type { Clock } from './clock.ts';
import { desiredWithHash } from './desiredWithHash.ts';
import { isWithoutItem, type Judged, judgeScenes, type MatchParts } from './judge.ts';
import { maxEncodedOf } from './urlLimit.ts';

/** Scenes judged in one go: the database holds everything else up for some milliseconds. */
const SCENES_AT_ONCE = 100;

export interface PageParts extends MatchParts {
  readonly clock: Clock;
}

export interface ComparedPage {
  /** Scenes that are to be looked at. */
  readonly look: readonly SceneId[];
  readonly counts: ReconcileCounts;
}

/** Compares scenes, as Stash listed them, with what we know of Plex. Asks neither of them anything. */
export async function comparePage(page: readonly ListedScene[], parts: PageParts): Promise<ComparedPage> {
  const look: SceneId[] = [];
  let counts = NO_COUNTS;
  for (let start = 0; start < page.length; start += SCENES_AT_ONCE) {
    const chunk = page.slice(start, start + SCENES_AT_ONCE);
    for (const [id, standing] of await standingsOf(chunk, parts)) {
      if (standing.kind === 'look') look.push(id);
      counts = addCounts(counts, countOf(standing));
    }
    await breathe();
  }
  return { look, counts };
}

async function standingsOf(
  listed: readonly ListedScene[],
  parts: PageParts,
): Promise<readonly (readonly [SceneId, Standing])[]> {
  const held = await parts.store.holds.of(listed.map(({ id }) => id));
  const scenes = listed.flatMap(({ scene }) => (isFailure(scene) ? [] : [scene]));
  const judged = await judgeScenes(scenes, parts);
  const hashes = await hashesOf(scenes, parts);
  const now = parts.clock.now();
  const standingWith = (each: Judged, job: Parameters<typeof standingOf>[0]['job']): Standing =>
    standingOf<IndexedPart>({
      verdict: each.verdict,
      links: each.links.filter((link) => !isWithoutItem(link, each)),
      job,
      proofOf: (link, part) => proofOf({ link, part, hash: hashes.get(each.scene.id) ?? '', now }),
    });
  const first = new Map([...judged].map(([id, each]) => [id, standingWith(each, null)]));
  // Most are in step, and need nobody to ask the queue.
  const open = [...first].filter(([, standing]) => standing.kind !== 'in-step').map(([id]) => id);
  const jobs = await parts.store.comparison.jobsOf(open);
  return listed.map(({ id }) => {
    if (held.has(id)) return [id, { kind: 'held' }];
    const each = judged.get(id);
    const job = jobs.get(id) ?? null;
    if (each === undefined) return [id, { kind: 'look', why: null }];
    return [id, job === null ? (first.get(id) ?? standingWith(each, null)) : standingWith(each, job)];
  });
}

async function hashesOf(scenes: readonly Scene[], parts: PageParts): Promise<ReadonlyMap<SceneId, string>> {
  const maxEncoded = await maxEncodedOf(parts.store.meta);
  return new Map(
    scenes.map((scene) => [scene.id, desiredWithHash(scene, parts.settings, maxEncoded).hash] as const),
  );
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
