import { html } from 'hono/html';
import type { PathMap } from '../../../../core/matching/pathMap.ts';
import { visibleText } from '../../../../core/visibleText.ts';
import type { Html } from './html.ts';
import { pageAddress } from './pageAddress.ts';

export const mapText = ({ from, to }: Pick<PathMap, 'from' | 'to'>): string => `${from}=>${to}`;

/**
 * The setting with this map on top of those in use, which are learned no more once it is set.
 */
export function mapSettingAddress(map: PathMap, inUse: readonly PathMap[]): string {
  const maps = [map, ...inUse].map(mapText);
  // As the setting is read: commas separate, unless it is a JSON list.
  const value = maps.some((text) => text.includes(',')) ? JSON.stringify(maps) : maps.join(', ');
  return `${pageAddress('/settings', { path_map: value })}#path_map`;
}

export const isInUse = (map: PathMap, inUse: readonly PathMap[]): boolean =>
  inUse.some((each) => mapText(each) === mapText(map));

/** Which path map would make the path alone evidence. */
export const mapFix = (map: PathMap, inUse: readonly PathMap[]): Html =>
  html`<p>By the path map <code>${visibleText(mapText(map))}</code> it would be found.
    <a href="${mapSettingAddress(map, inUse)}">Set it</a></p>`;
