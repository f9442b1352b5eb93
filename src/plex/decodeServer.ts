import * as v from 'valibot';
import { machineIdentifier, sectionKey, sectionUuid } from '../core/ids.ts';
import type { PlexIdentity, Section } from '../core/item.ts';
import { fail, type Result, succeed } from '../core/result.ts';
import { issueWords } from '../http/issueWords.ts';
import { digits, flag, text } from './lenient.ts';

/** What Plex says of itself and its libraries; failures say in words what does not fit. */

const IdentitySchema = v.object({ machineIdentifier: v.pipe(v.string(), v.nonEmpty()), version: text });

export function decodeIdentity(container: unknown): Result<PlexIdentity, string> {
  const parsed = v.safeParse(IdentitySchema, container);
  if (!parsed.success) return fail(issueWords(parsed.issues));
  const { version } = parsed.output;
  return succeed({ machineIdentifier: machineIdentifier(parsed.output.machineIdentifier), version });
}

const ServerSchema = v.object({ machineIdentifier: v.string(), platform: text });

export function decodeServer(container: unknown): Result<{ readonly platform: string }, string> {
  const parsed = v.safeParse(ServerSchema, container);
  return parsed.success ? succeed({ platform: parsed.output.platform }) : fail(issueWords(parsed.issues));
}

const SectionsSchema = v.object({
  Directory: v.nullish(
    v.array(
      v.object({
        uuid: v.pipe(v.string(), v.nonEmpty()),
        key: digits,
        title: text,
        type: v.string(),
        refreshing: flag,
        Location: v.nullish(v.array(v.object({ path: text })), []),
      }),
    ),
    [],
  ),
});

/** All or none: a library left out would look like a library that is gone. */
export function decodeSections(container: unknown): Result<readonly Section[], string> {
  const parsed = v.safeParse(SectionsSchema, container);
  if (!parsed.success) return fail(issueWords(parsed.issues));
  return succeed(
    parsed.output.Directory.map((directory) => ({
      uuid: sectionUuid(directory.uuid),
      key: sectionKey(directory.key),
      title: directory.title,
      type: directory.type,
      locations: directory.Location.map((location) => location.path),
      isRefreshing: directory.refreshing,
    })),
  );
}

const StreamsSchema = v.object({
  // Left out when nobody watches.
  Metadata: v.nullish(v.array(v.object({ Player: v.nullish(v.object({ state: text }), { state: '' }) })), []),
});

/** A film on pause keeps its session for hours, and takes nothing of the server. */
export function decodeStreams(container: unknown): Result<number, string> {
  const parsed = v.safeParse(StreamsSchema, container);
  if (!parsed.success) return fail(issueWords(parsed.issues));
  return succeed(parsed.output.Metadata.filter(({ Player }) => Player.state !== 'paused').length);
}
