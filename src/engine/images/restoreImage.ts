import type { ImageKind } from '../../core/images/imageKind.ts';
import { type Restoring, restoring } from '../../core/images/selection.ts';
import type { Item } from '../../core/item.ts';
import { type Result, succeed } from '../../core/result.ts';
import type { PlexClient } from '../../plex/plexClient.ts';

interface Earlier {
  readonly kind: ImageKind;
  /** As the journal has it: what was selected before our write, and whether it was locked. */
  readonly before: string;
  readonly wasLocked: boolean;
}

/** Selects an earlier image again, as far as Plex still holds it, and gives it the lock that it had. */
export async function restoreImage(
  item: Pick<Item, 'ratingKey' | 'sectionKey'>,
  { kind, before, wasLocked }: Earlier,
  plex: PlexClient,
): Promise<Result<Restoring>> {
  const { ratingKey, sectionKey: section } = item;
  const list = await plex.images({ ratingKey, kind });
  if (!list.ok) return list;
  const plan = restoring(before, list.value);
  if (plan.act === 'nothing' && plan.why === 'not-held') return succeed(plan);
  if (plan.act === 'select') {
    const selected = await plex.selectImage({ ratingKey, kind, key: plan.key });
    if (!selected.ok) return selected;
  }
  const locked = await plex.lockImage({ ratingKey, section, kind, isLocked: wasLocked });
  return locked.ok ? succeed(plan) : locked;
}
