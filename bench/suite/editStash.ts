import { renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Simulator } from './simulators.ts';

/** In GraphQL, without the word `mutation` and its braces. */
export async function mutateStash(stash: Simulator, mutation: string): Promise<void> {
  const answer = await fetch(`${stash.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: `mutation { ${mutation} }` }),
  });
  const { errors } = (await answer.json()) as { errors?: unknown };
  if (errors !== undefined) throw new Error(`Stash: ${JSON.stringify(errors)}`);
}

/** What hook.sh would leave of an edit, where Stash runs no hook. */
export function leaveEvent(inbox: string, scene: number): void {
  const event = {
    args: { hookContext: { id: scene, type: 'Scene.Update.Post', input: { id: String(scene) } } },
  };
  // Named last, as hook.sh does: what has the name is whole.
  const written = path.join(inbox, `.bench-${scene}`);
  writeFileSync(written, JSON.stringify(event));
  renameSync(written, path.join(inbox, `v1-bench-${scene}`));
}
