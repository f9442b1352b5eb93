import type { Failure } from '../../core/failure.ts';
import type { SceneId } from '../../core/ids.ts';
import type { CoverHead } from '../../core/images/cover.ts';
import { isCoverInQuestion, isItemNeeded } from '../../core/images/decideImage.ts';
import type { ImageBase } from '../../core/images/imageBase.ts';
import { type ImageKind, kindsWanted } from '../../core/images/imageKind.ts';
import type { LookedAt } from '../../core/images/nextImageBase.ts';
import { type Link, linkIdText } from '../../core/link.ts';
import type { Result } from '../../core/result.ts';
import type { Scene } from '../../core/scene.ts';
import type { Settings } from '../../core/settings/table.ts';
import type { StashClient } from '../../stash/stashClient.ts';
import type { Store } from '../../store/port.ts';
import type { Clock } from '../clock.ts';
import { concernsServer } from '../concernsServer.ts';

export interface CoverLookParts {
  readonly store: Store;
  readonly stash: StashClient;
  readonly settings: Settings;
  readonly clock: Clock;
}

/** One image of one item, with the cover of its scene. */
export interface CoverLook extends LookedAt {
  readonly kind: ImageKind;
  /** Why Stash could not tell what the cover is; null when it could, or had not to. */
  readonly failure: Failure | null;
  /** Whether the item must be read, whatever its list entry proves. */
  readonly isItemNeeded: boolean;
}

interface Wanted {
  readonly link: Link;
  readonly scene: Scene;
}

/** Stash's times count seconds: a later cover may carry one that is as young as this. */
const RESOLUTION_MS = 2_000;

/** Looks at the covers that may have changed: nothing is fetched, and of most scenes nothing is asked. */
export async function lookAtCovers(
  wanted: readonly Wanted[],
  parts: CoverLookParts,
): Promise<ReadonlyMap<string, readonly CoverLook[]>> {
  const { store, settings, clock } = parts;
  const kinds = kindsWanted(settings);
  if (kinds.length === 0) return new Map();
  const now = clock.now();
  const bases = await store.images.basesOf(wanted.map(({ link }) => link));
  const baseOf = ({ link }: Wanted, kind: ImageKind): ImageBase | undefined =>
    bases.get(linkIdText(link))?.[kind];
  const heads = await readHeads(
    wanted.filter((each) =>
      kinds.some((kind) => isCoverInQuestion(baseOf(each, kind), each.scene.updatedAt)),
    ),
    parts,
  );
  return new Map(
    wanted.map((each) => {
      const { scene, link } = each;
      const head = heads.get(scene.id) ?? null;
      // Another cover may have come while this one was looked at, and shows in a later time of the scene.
      const isOld = Date.parse(scene.updatedAt) + RESOLUTION_MS <= now;
      const looks = kinds.map((kind): CoverLook => {
        const base = baseOf(each, kind) ?? null;
        const cover = head?.ok === true ? head.value : null;
        const sides = { base, cover, preservePlexEdits: settings.preserve_plex_edits };
        const failure = head?.ok === false ? head.failure : null;
        return {
          kind,
          base,
          cover,
          stamp: isOld ? scene.updatedAt : null,
          failure,
          isItemNeeded: failure === null && isItemNeeded(sides),
        };
      });
      return [linkIdText(link), looks];
    }),
  );
}

/** Stash takes a cover whole from its database to tell its tag. */
const AT_ONCE = 4;

/** Each scene once. Where Stash itself is away the others would only wait for the same. */
async function readHeads(
  wanted: readonly Wanted[],
  { stash }: CoverLookParts,
): Promise<ReadonlyMap<SceneId, Result<CoverHead | null>>> {
  const heads = new Map<SceneId, Result<CoverHead | null>>();
  const ids = [...new Set(wanted.map(({ scene }) => scene.id))];
  let away: Result<CoverHead | null> | null = null;
  for (let start = 0; start < ids.length; start += AT_ONCE) {
    const some = ids.slice(start, start + AT_ONCE);
    const read = await Promise.all(some.map(async (id) => away ?? stash.coverHead(id)));
    for (const [index, id] of some.entries()) {
      const head = read[index];
      if (head === undefined) continue;
      if (!head.ok && concernsServer(head.failure)) away = head;
      heads.set(id, head);
    }
  }
  return heads;
}
