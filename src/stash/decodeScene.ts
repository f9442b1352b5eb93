import * as v from 'valibot';
import type { Failure } from '../core/failure.ts';
import { entityId, sceneId } from '../core/ids.ts';
import { fail, type Result, succeed } from '../core/result.ts';
import type { NamedEntity, Performer, Scene, SceneFile, Studio, Tag } from '../core/scene.ts';
import { issueWords } from '../http/issueWords.ts';
import { stashId } from './stashId.ts';

/** A scene as Stash sent it; the failure says in words what does not fit. Unknown keys are ignored. */
export function decodeScene(value: unknown): Result<Scene, string> {
  const parsed = v.safeParse(SceneSchema, value);
  return parsed.success ? succeed(parsed.output) : fail(issueWords(parsed.issues));
}

/** What came is no scene as we know it; says so for this one alone. */
export const senseless = (what: string, why: string): Failure => ({
  class: 'rejected',
  peer: 'stash',
  message: `Stash sent ${what} in an unknown shape: ${why}.`,
});

const text = v.nullish(v.string(), '');

const named = { id: v.pipe(stashId, v.transform(entityId)), name: v.string() };
const namedEntity = v.object(named);
const texts = v.nullish(v.array(v.string()), []);

const performer = v.pipe(
  v.object({ ...named, disambiguation: text, alias_list: texts }),
  v.transform(({ alias_list, ...rest }): Performer => ({ ...rest, aliases: alias_list })),
);

const tag = v.pipe(
  v.object({ ...named, sort_name: text, aliases: texts }),
  v.transform(({ sort_name, ...rest }): Tag => ({ ...rest, sortName: sort_name })),
);

interface RawStudio extends NamedEntity {
  readonly parent_studio: RawStudio | null;
}
/** Deeper than it is asked for. */
const MOST_PARENTS = 10;
/** What lies deeper is left out: following whatever a server sends would exhaust the stack. */
const studioOfDepth = (depth: number): v.GenericSchema<unknown, RawStudio> =>
  v.object({
    ...named,
    parent_studio:
      depth === 0
        ? v.pipe(
            v.unknown(),
            v.transform(() => null),
          )
        : v.nullish(studioOfDepth(depth - 1), null),
  });

function studioOf({ id, name, parent_studio }: RawStudio): Studio {
  const parents: NamedEntity[] = [];
  for (let parent = parent_studio; parent !== null; parent = parent.parent_studio) {
    parents.push({ id: parent.id, name: parent.name });
  }
  return { id, name, parents };
}

const rating = v.nullish(v.pipe(v.number(), v.minValue(0), v.maxValue(100)), null);

/**
 * Stash's Int64 comes as a number or, from some versions, as a text. Nothing has no size worth comparing, and what is
 * no whole number, or too large for one, is none that the database takes.
 */
const positiveNumber = (perUnit: number) =>
  v.nullish(
    v.pipe(
      v.union([v.number(), v.string()]),
      v.transform((value) => Number(value) * perUnit),
      v.transform((number) => (perUnit === 1 ? number : Math.round(number))),
      v.transform((number) => (Number.isSafeInteger(number) && number > 0 ? number : null)),
    ),
    null,
  );
const size = positiveNumber(1);
/** Seconds, and parts of them. */
const durationMs = positiveNumber(1_000);

const fileSchema = v.pipe(
  v.object({
    path: v.string(),
    basename: v.string(),
    size,
    duration: durationMs,
    fingerprints: v.nullish(
      v.array(v.object({ type: v.string(), value: v.union([v.string(), v.number()]) })),
      [],
    ),
    zip_file_id: v.nullish(v.unknown()),
    zip_file: v.nullish(v.unknown()),
  }),
  v.transform(
    (file): SceneFile => ({
      path: file.path,
      basename: file.basename,
      size: file.size,
      durationMs: file.duration,
      oshash: oshashOf(file.fingerprints ?? []),
      isInZip: (file.zip_file_id ?? file.zip_file ?? null) !== null,
    }),
  ),
);

function oshashOf(fingerprints: readonly { readonly type: string; readonly value: string | number }[]) {
  const oshash = fingerprints.find((fingerprint) => fingerprint.type === 'oshash');
  return oshash === undefined ? null : String(oshash.value);
}

const SceneSchema = v.pipe(
  v.object({
    id: stashId,
    title: text,
    code: text,
    details: text,
    director: text,
    date: text,
    rating100: rating,
    organized: v.nullish(v.boolean(), false),
    updated_at: v.string(),
    studio: v.nullish(studioOfDepth(MOST_PARENTS)),
    performers: v.array(performer),
    tags: v.array(tag),
    groups: v.nullish(v.array(v.object({ group: namedEntity })), []),
    files: v.array(fileSchema),
  }),
  v.transform(
    (scene): Scene => ({
      id: sceneId(scene.id),
      title: scene.title,
      code: scene.code,
      details: scene.details,
      director: scene.director,
      date: scene.date === '' ? null : scene.date,
      rating100: scene.rating100,
      isOrganized: scene.organized,
      studio: scene.studio ? studioOf(scene.studio) : null,
      performers: scene.performers,
      tags: scene.tags,
      groups: scene.groups.map(({ group }) => group),
      files: scene.files,
      updatedAt: scene.updated_at,
    }),
  ),
);
