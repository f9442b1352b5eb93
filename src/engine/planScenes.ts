import type { Hold } from '../core/hold.ts';
import type { SceneId } from '../core/ids.ts';
import { noSuchScene } from '../core/noSuchScene.ts';
import { type Result, succeed } from '../core/result.ts';
import type { PlannedImage } from './images/planImages.ts';
import { type Look, type LookParts, lookAt } from './look.ts';
import type { ImagePlan, PlannedScene, PlanPage } from './operations.ts';

const SCENES_AT_ONCE = 50;

/** What a sync would write now. Reads both sides in detail, stores nothing, writes nothing. */
export async function planScenes(
  scenes: readonly SceneId[],
  parts: LookParts,
): Promise<Result<readonly PlannedScene[]>> {
  const planned: PlannedScene[] = [];
  for (let start = 0; start < scenes.length; start += SCENES_AT_ONCE) {
    const looks = await lookAt(scenes.slice(start, start + SCENES_AT_ONCE), parts, { trustIndex: false });
    if (!looks.ok) return looks;
    const held = await parts.store.holds.of(looks.value.map((look) => look.sceneId));
    planned.push(...looks.value.map((look) => toPlanned(look, held.get(look.sceneId) ?? null)));
  }
  return succeed(planned);
}

/** What a sync of the next scenes by their ids would write. */
export async function planPage(
  { after, limit }: { readonly after: SceneId | null; readonly limit: number },
  parts: LookParts,
): Promise<Result<PlanPage>> {
  const ids = await parts.stash.sceneIdsAfter({ after, limit });
  if (!ids.ok) return ids;
  const planned = await planScenes(ids.value, parts);
  if (!planned.ok) return planned;
  const last = ids.value.length < limit ? null : (ids.value.at(-1) ?? null);
  return succeed({ scenes: planned.value, last });
}
const toImagePlan = ({ look, outcome }: PlannedImage): ImagePlan =>
  outcome.kind === 'decided'
    ? { ...outcome.decision, failure: null }
    : { kind: look.kind, act: 'nothing', failure: outcome.failure };

function toPlanned(look: Look, held: Hold | null): PlannedScene {
  const { sceneId, scene, outcome } = look;
  const title = scene?.title ?? '';
  const nothing = { sceneId, title, held, items: [], failure: null, leftOut: null };
  if (outcome.kind === 'gone') return { ...nothing, failure: noSuchScene(sceneId) };
  if (outcome.kind === 'left-out') return { ...nothing, leftOut: outcome.why };
  if (outcome.kind === 'failed') return { ...nothing, failure: outcome.failure };
  const items = outcome.targets.flatMap((target) =>
    target.kind === 'planned'
      ? [
          {
            ...target.plan,
            itemTitle: target.item.title,
            evidence: target.link.evidence,
            ours: target.desired.desired,
            bases: target.proof.bases,
            images: target.images.map(toImagePlan),
          },
        ]
      : [],
  );
  const failed = outcome.targets.find((target) => target.kind === 'failed');
  return { ...nothing, items, failure: failed?.failure ?? null };
}
