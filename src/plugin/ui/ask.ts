import { fail, type Result, succeed } from '../../core/result.ts';
import type { Operations } from '../../engine/operations.ts';
import type { Wakened } from '../../server/wake.ts';
import type { SetupSteps } from '../../setup/setupSteps.ts';
import { PLUGIN_ID } from '../pluginId.ts';
import { stashBase } from './browser.ts';
import { plainWords } from './views/plainWords.ts';

interface Waking {
  wake(): Promise<Wakened | null>;
}

type Offered = Operations & SetupSteps & Waking;
/** The relay tells a failure as an error of GraphQL (server/relay.ts), so that values come bare. */
type Bare<Value> = Value extends { readonly ok: true; readonly value: infer Good }
  ? Good
  : Value extends { readonly ok: false }
    ? never
    : Value;
export type Answer<Name extends keyof Offered> = Bare<Awaited<ReturnType<Offered[Name]>>>;

const RUN = 'mutation($id:ID!,$args:Map){runPluginOperation(plugin_id:$id,args:$args)}';

/** hook.sh gives up after 10 s by itself; this is for a Stash that does not answer. */
const PATIENCE_MS = 20_000;

/**
 * One operation of the daemon, wherever that runs: Stash relays it through the plugin's inbox. Fails with words for
 * people, of the daemon, of hook.sh when no daemon answers, or of Stash.
 */
export async function ask<Name extends keyof Offered>(
  name: Name,
  ...[input]: Parameters<Offered[Name]>
): Promise<Result<Answer<Name>, string>> {
  const args = input === undefined ? { operation: name } : { operation: name, input };
  try {
    const response = await fetch(`${stashBase()}graphql`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ query: RUN, variables: { id: PLUGIN_ID, args } }),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (response.status === 401) return fail('Stash has signed you out: load this page again.');
    const body: unknown = await response.json();
    const problem = problemIn(body);
    if (problem !== null) return fail(plainWords(problem));
    // The bundle and the daemon are one version: the same types at both ends.
    return succeed((body as { data: { runPluginOperation: Answer<Name> } }).data.runPluginOperation);
  } catch {
    return fail('Stash does not answer.');
  }
}

function problemIn(body: unknown): string | null {
  if (typeof body !== 'object' || body === null || !('errors' in body)) return null;
  const [error] = Array.isArray(body.errors) ? (body.errors as readonly unknown[]) : [];
  if (typeof error === 'object' && error !== null && 'message' in error) return String(error.message);
  return 'Stash refused the request.';
}
