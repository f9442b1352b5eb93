import type { NodeProcess } from '../processes/nodeProcess.ts';
import { PLEX_TOKEN, STASH_API_KEY } from '../processes/secrets.ts';
import type { BothServers } from '../processes/startBothServers.ts';
import { secretsBelow, secretsIn } from '../security/secretForms.ts';

const SECRETS = { 'the Plex token': PLEX_TOKEN, 'the API key': STASH_API_KEY };

/** Secrets, in whatever form, in any file that was left in the folders of a PlexSync, or in what its daemon has said. */
export function leaksOf(
  { folder }: Pick<BothServers, 'folder'>,
  daemon: NodeProcess | null,
): readonly string[] {
  const said = daemon === null ? [] : secretsIn(daemon.stdout + daemon.stderr, SECRETS);
  return [...secretsBelow(folder, SECRETS), ...said.map((words) => `what the daemon said: ${words}`)].map(
    (words) => `leaked: ${words}`,
  );
}
