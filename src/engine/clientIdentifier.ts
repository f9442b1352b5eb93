import type { Settings } from '../core/settings/table.ts';
import type { Meta } from '../store/port.ts';

const CLIENT_ID_KEY = 'plex-client-identifier';

/** One id for life, so that Plex shows one device over restarts: that of the sign-in, if there was one. */
export async function clientIdentifier(
  { plex_client_id: given }: Pick<Settings, 'plex_client_id'>,
  meta: Meta,
): Promise<string> {
  if (given !== '') return given;
  const known = await meta.get(CLIENT_ID_KEY);
  if (known !== null) return known;
  const made = crypto.randomUUID();
  await meta.set(CLIENT_ID_KEY, made);
  return made;
}
