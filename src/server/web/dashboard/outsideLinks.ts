import type { SceneId } from '../../../core/ids.ts';
import type { ItemKey } from '../../../core/item.ts';
import { hostOf, isLoopback } from '../hostNames.ts';

/** Where people see a scene in Stash. What is loopback to PlexSync is the host of these pages to a browser elsewhere. */
export function stashScenePage(id: SceneId, stashUrl: string, host: string | undefined): string | null {
  const url = URL.parse(stashUrl);
  if (url === null) return null;
  const asked = hostOf(host ?? '');
  if (asked !== null && isLoopback(bare(url.hostname)) && !isLoopback(bare(asked))) url.hostname = asked;
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}/scenes/${id}`;
}

const bare = (hostname: string): string => hostname.replace(/^\[|\]$/g, '');

/** In Plex's web app, which finds the way to the server by itself; null: it is not known which server it is. */
export function plexItemPage({ ratingKey }: ItemKey, machineIdentifier: string | null): string | null {
  if (machineIdentifier === null) return null;
  const key = encodeURIComponent(`/library/metadata/${ratingKey}`);
  return `https://app.plex.tv/desktop/#!/server/${encodeURIComponent(machineIdentifier)}/details?key=${key}`;
}
