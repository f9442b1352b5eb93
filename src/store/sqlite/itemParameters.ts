import type { ItemKey } from '../../core/item.ts';
import type { LinkId } from '../port.ts';

/** An item as the parameters of a statement. */
export const itemParameters = (item: ItemKey): { section: string; ratingKey: string } => ({
  section: item.section,
  ratingKey: item.ratingKey,
});

/** A link as the parameters of a statement. */
export const linkParameters = ({
  sceneId,
  item,
}: LinkId): { scene: string } & ReturnType<typeof itemParameters> => ({
  scene: sceneId,
  ...itemParameters(item),
});
