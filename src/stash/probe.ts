import * as v from 'valibot';
import type { Failure } from '../core/failure.ts';
import { fail, type Result, succeed } from '../core/result.ts';
import { PROBE, REQUIRED_FIELDS, type StashFeatures } from './documents.ts';
import { type AskStash, clip, failureOf } from './graphql.ts';
import { notStash } from './stashFailure.ts';

export interface Probed {
  readonly version: string;
  readonly features: StashFeatures;
}

/** Who answers, is it ready, and does it know all that our documents ask for? The version is not parsed. */
export async function probeStash(ask: AskStash): Promise<Result<Probed>> {
  const answer = await ask(PROBE);
  if (!answer.ok) return answer;
  const failure = failureOf(answer.value);
  if (failure !== null) return fail(failure);
  const parsed = v.safeParse(ProbeSchema, answer.value.data);
  if (!parsed.success)
    return fail(notStash('The GraphQL server at stash_url does not know what Stash knows.'));

  const { systemStatus, version, ...types } = parsed.output;
  if (systemStatus.status !== 'OK') return fail(notReady(systemStatus.status));
  const known = {
    Scene: namesOf(types.Scene?.fields),
    VideoFile: namesOf(types.VideoFile?.fields),
    SceneFilterType: namesOf(types.SceneFilterType?.inputFields),
  };
  const missing = (['Scene', 'VideoFile', 'SceneFilterType'] as const).flatMap((type) =>
    REQUIRED_FIELDS[type].filter((field) => !known[type].has(field)).map((field) => `${type}.${field}`),
  );
  const versionText = clip(version.version ?? '');
  if (missing.length > 0) return fail(tooOld(versionText, missing));
  const zipField = (['zip_file', 'zip_file_id'] as const).find((field) => known.VideoFile.has(field)) ?? null;
  const hasTagSortName = namesOf(types.Tag?.fields).has('sort_name');
  return succeed({ version: versionText, features: { zipField, hasTagSortName } });
}

const NamesSchema = v.nullish(v.array(v.object({ name: v.string() })));

const ProbeSchema = v.object({
  version: v.object({ version: v.nullish(v.string()) }),
  systemStatus: v.object({ status: v.string() }),
  Scene: v.nullish(v.object({ fields: NamesSchema })),
  Tag: v.nullish(v.object({ fields: NamesSchema })),
  VideoFile: v.nullish(v.object({ fields: NamesSchema })),
  SceneFilterType: v.nullish(v.object({ inputFields: NamesSchema })),
});

const namesOf = (fields: v.InferOutput<typeof NamesSchema>): ReadonlySet<string> =>
  new Set((fields ?? []).map((field) => field.name));

/** SETUP or NEEDS_MIGRATION (stash reference §3.4): a person has to open Stash, then it goes on. */
const notReady = (status: string): Failure => ({
  class: 'unreachable',
  peer: 'stash',
  message: `Stash is not ready: its status is ${clip(status)}.`,
  advice: 'Open Stash in a browser and finish what it asks for; work goes on by itself then.',
});

const tooOld = (version: string, missing: readonly string[]): Failure => ({
  class: 'settings',
  peer: 'stash',
  message: `Stash ${version === '' ? '(of unknown version)' : version} is too old: it does not know ${missing.join(', ')}.`,
  advice: 'Update Stash to v0.27 or newer.',
});
