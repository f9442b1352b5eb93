import { WAKE } from '../../server/wake.ts';
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
  readonly fetch: (url: string, request: PostRequest) => Promise<Pick<Response, 'ok' | 'status'>>;
  readonly debug: (message: string, cause: unknown) => void;
}

/**
 * Runs the plugin once, which starts a daemon where none is alive: after a restart of Stash, opening its pages
 * is enough (stash reference §1.1: a plugin is not told of the start). People are not to notice, so whatever
 * goes wrong goes to the browser's debug log.
 */
export async function ping({ base, fetch, debug }: Page): Promise<void> {
  try {
    const { ok, status } = await fetch(`${base ?? '/'}graphql`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ query: RUN, variables: { id: PLUGIN_ID, args: { operation: WAKE } } }),
    });
    if (!ok) throw new Error(`HTTP ${status}`);
  } catch (error) {
    debug('PlexSync could not be woken:', error);
  }
}

const RUN = 'mutation($id:ID!,$args:Map){runPluginOperation(plugin_id:$id,args:$args)}';
