import { html } from 'hono/html';
import type { PathMap } from '../../../../core/matching/pathMap.ts';
import { visibleText } from '../../../../core/visibleText.ts';
import type { Html } from './html.ts';
import { pageAddress } from './pageAddress.ts';

export const mapText = ({ from, to }: Pick<PathMap, 'from' | 'to'>): string => `${from}=>${to}`;

/**
 * The setting with this map on top of those in use, which are learned no more once it is set.
 */
export const mapSettingAddress = (map: PathMap, inUse: readonly PathMap[]): string =>
  `${pageAddress('/settings', { path_map: [map, ...inUse].map(mapText).join('\n') })}#path_map`;

export const isInUse = (map: PathMap, inUse: readonly PathMap[]): boolean =>
  inUse.some((each) => mapText(each) === mapText(map));

/** Which path map would make the path alone evidence. */
export const mapFix = (map: PathMap, inUse: readonly PathMap[]): Html =>
  html`<p>By the path map <code>${visibleText(mapText(map))}</code> it would be found.
    <a href="${mapSettingAddress(map, inUse)}">Set it</a></p>`;
