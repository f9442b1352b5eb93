import { readFileSync } from 'node:fs';
import * as v from 'valibot';

/** Put in by the build; from source it is read from package.json. */
declare const PLEXSYNC_VERSION: string | undefined;

export function packageVersion(): string {
  if (typeof PLEXSYNC_VERSION === 'string') return PLEXSYNC_VERSION;
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return v.parse(v.object({ version: v.string() }), JSON.parse(text)).version;
}
