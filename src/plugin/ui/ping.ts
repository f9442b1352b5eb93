import { WAKE, type Wakened } from '../../server/wake.ts';
import { PLUGIN_ID } from '../pluginId.ts';

interface PostRequest {
  readonly method: 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What this needs of the page that it runs in. */
export interface Page {
  /** `href` of the page's <base>: Stash's root, also behind a proxy; null when there is none. */
  readonly base: string | null;
  readonly fetch: (url: string, request: PostRequest) => Promise<Pick<Response, 'ok' | 'status' | 'json'>>;
  readonly debug: (message: string, cause: unknown) => void;
}

/**
 * Runs the plugin once, which starts a daemon where none is alive: after a restart of Stash, opening its pages
 * is enough (stash reference §1.1: a plugin is not told of the start). People are not to notice, so whatever
 * goes wrong goes to the browser's debug log.
 *
 * @returns what the daemon says of itself; null when none answers
 */
export async function ping({ base, fetch, debug }: Page): Promise<Wakened | null> {
  try {
    const answer = await fetch(`${base ?? '/'}graphql`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ query: RUN, variables: { id: PLUGIN_ID, args: { operation: WAKE } } }),
    });
    if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
    return wakenedIn(await answer.json());
  } catch (error) {
    debug('PlexSync could not be woken:', error);
    return null;
  }
}

/** A daemon that is just being replaced may be of an earlier version, which says nothing. */
function wakenedIn(body: unknown): Wakened | null {
  const { data } = body as { readonly data?: { readonly runPluginOperation?: Wakened | null } | null };
  return data?.runPluginOperation ?? null;
}

const RUN = 'mutation($id:ID!,$args:Map){runPluginOperation(plugin_id:$id,args:$args)}';
