import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import type { Release } from '../src/plugin/manifest.ts';
import { ROOT } from './bundleScript.ts';

/** What package.json says of this release. */
export async function readRelease(): Promise<Release> {
  const { version, description, homepage } = v.parse(
    PackageSchema,
    JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')),
  );
  return { version, description, homepage: homepage ?? null };
}

const PackageSchema = v.object({
  version: v.string(),
  description: v.string(),
  homepage: v.optional(v.string()),
});
