import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';

/**
 * How Stash was reached and what it said of our settings the last time: a start while Stash is away goes on from
 * there. It holds Plex's token and Stash's key, so it is for its owner only. Session cookies are never kept.
 */
export type RememberedStash = Readonly<Omit<v.InferOutput<typeof FileSchema>, 'schema'>>;

const FileSchema = v.object({
  schema: v.literal(1),
  url: v.string(),
  apiKey: v.string(),
  values: v.record(v.string(), v.unknown()),
});

const fileIn = (dataDir: string): string => join(dataDir, 'stash-settings.json');

/** Null when there is none, or none that can be read: Stash is asked anyway. */
export async function readRememberedStash(dataDir: string): Promise<RememberedStash | null> {
  try {
    const { url, apiKey, values } = v.parse(FileSchema, JSON.parse(await readFile(fileIn(dataDir), 'utf8')));
    return { url, apiKey, values };
  } catch {
    return null;
  }
}

export async function rememberStash(dataDir: string, stash: RememberedStash): Promise<void> {
  const file = fileIn(dataDir);
  await writeFile(`${file}.new`, JSON.stringify({ schema: 1, ...stash }), { mode: 0o600 });
  await rename(`${file}.new`, file);
}
