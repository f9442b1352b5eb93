import * as v from 'valibot';
import { FAILURE_CLASSES } from '../core/failure.ts';
import { entityId, isStashId, ratingKey, sceneId, sectionUuid } from '../core/ids.ts';
import { JOB_STATES } from '../core/job.ts';
import type { Result } from '../core/result.ts';
import { fail, succeed } from '../core/result.ts';
import type { Operations } from '../engine/operations.ts';

/**
 * Part of every route. To be raised with every change of {@link Operations} or of what its answers hold: a
 * command must not misread a daemon of another version, let alone set it to work.
 */
export const CONTROL_PROTOCOL = 7;

export const operationPath = (name: string): string => `/${CONTROL_PROTOCOL}/${name}`;

/** Calls a method of Operations with an input from outside; fails with words about an input that does not fit. */
export type RunOperation<Offered = Operations> = (
  offered: Offered,
  input: unknown,
) => Promise<Result<unknown, string>>;

const stashId = v.pipe(v.string(), v.check(isStashId, 'an id is a whole number from 1 on'));
const scene = v.pipe(stashId, v.transform(sceneId));
const entity = v.pipe(stashId, v.transform(entityId));
const limit = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100_000));
const failureClass = v.picklist(FAILURE_CLASSES);

const subject = v.variant('kind', [
  v.strictObject({ kind: v.literal('scene'), id: scene }),
  v.strictObject({ kind: v.picklist(['performer', 'studio', 'tag', 'group']), id: entity }),
  v.strictObject({ kind: v.literal('library'), id: v.literal('all') }),
]);

const syncRequest = v.variant('kind', [
  v.strictObject({ kind: v.literal('scenes'), scenes: v.array(scene) }),
  v.strictObject({ kind: v.literal('recent'), sinceMs: v.pipe(v.number(), v.minValue(1)) }),
  v.strictObject({ kind: v.literal('all') }),
]);

const deadSelection = v.variant('kind', [
  v.strictObject({ kind: v.literal('all') }),
  v.strictObject({ kind: v.literal('class'), class: failureClass }),
  v.strictObject({ kind: v.literal('subjects'), subjects: v.array(subject) }),
]);

const time = v.pipe(v.number(), v.integer(), v.minValue(0));
const write = v.pipe(v.number(), v.integer(), v.minValue(1));

const undoRequest = v.strictObject({
  selection: v.variant('kind', [
    v.strictObject({
      kind: v.literal('writes'),
      writes: v.pipe(v.array(write), v.minLength(1), v.maxLength(1_000)),
    }),
    v.strictObject({ kind: v.literal('scene'), scene }),
    v.strictObject({ kind: v.literal('since'), since: time }),
  ]),
  isForced: v.boolean(),
});

const item = v.strictObject({
  section: v.nullable(v.pipe(v.string(), v.transform(sectionUuid))),
  ratingKey: v.pipe(v.string(), v.regex(/^\d+$/, 'a rating key is a whole number'), v.transform(ratingKey)),
});

const releaseRequest = v.variant('kind', [
  v.strictObject({ kind: v.literal('scenes'), scenes: v.array(scene) }),
  v.strictObject({ kind: v.literal('all') }),
]);

/** Both servers are asked about each of them while somebody waits. */
const PLANNED_AT_ONCE = 500;
const plannedAtOnce = v.pipe(
  v.array(scene),
  v.maxLength(
    PLANNED_AT_ONCE,
    ({ input }) =>
      `${input.length} scenes are too many for one plan, which takes ${PLANNED_AT_ONCE} at most: ask in parts, or page by page with planPage`,
  ),
);

/** Each is read whole. */
const FOUND_AT_ONCE = 500;

const nothing = v.undefined();

/** What the control socket offers: every operation, with what it takes. */
export const CONTROL_OPERATIONS: { readonly [Name in keyof Operations]: RunOperation } = {
  status: taking(nothing, (operations) => operations.status()),
  queue: taking(
    v.strictObject({
      states: v.array(v.picklist(JOB_STATES)),
      class: v.exactOptional(failureClass),
      limit,
    }),
    (operations, input) => operations.queue(input),
  ),
  dead: taking(v.strictObject({ class: v.exactOptional(failureClass), limit }), (operations, input) =>
    operations.dead(input),
  ),
  sync: taking(syncRequest, (operations, input) => operations.sync(input)),
  reconcile: taking(nothing, (operations) => operations.reconcile()),
  cancelReconcile: taking(nothing, (operations) => operations.cancelReconcile()),
  pauseReconcile: taking(nothing, (operations) => operations.pauseReconcile()),
  resumeReconcile: taking(nothing, (operations) => operations.resumeReconcile()),
  runFirstSync: taking(nothing, (operations) => operations.runFirstSync()),
  gaps: taking(v.strictObject({ limit }), (operations, input) => operations.gaps(input)),
  retry: taking(deadSelection, (operations, input) => operations.retry(input)),
  clearDead: taking(deadSelection, (operations, input) => operations.clearDead(input)),
  clearQueue: taking(nothing, (operations) => operations.clearQueue()),
  doctor: taking(nothing, (operations) => operations.doctor()),
  plan: taking(plannedAtOnce, (operations, input) => operations.plan(input)),
  planPage: taking(
    v.strictObject({ after: v.nullable(scene), limit: v.pipe(limit, v.maxValue(PLANNED_AT_ONCE)) }),
    (operations, input) => operations.planPage(input),
  ),
  testNotification: taking(nothing, (operations) => operations.testNotification()),
  history: taking(
    v.strictObject({
      scene: v.exactOptional(scene),
      since: v.exactOptional(time),
      before: v.exactOptional(write),
      limit,
    }),
    (operations, input) => operations.history(input),
  ),
  planUndo: taking(v.strictObject({ ...undoRequest.entries, limit }), (operations, input) =>
    operations.planUndo(input),
  ),
  undo: taking(undoRequest, (operations, input) => operations.undo(input)),
  undoReport: taking(v.strictObject({ since: time, limit }), (operations, input) =>
    operations.undoReport(input),
  ),
  hold: taking(v.strictObject({ scenes: v.array(scene), reason: v.string() }), (operations, input) =>
    operations.hold(input),
  ),
  release: taking(releaseRequest, (operations, input) => operations.release(input)),
  holds: taking(v.strictObject({ limit }), (operations, input) => operations.holds(input)),
  scene: taking(v.strictObject({ scene }), (operations, input) => operations.scene(input)),
  scenes: taking(v.strictObject({ scenes: plannedAtOnce }), (operations, input) => operations.scenes(input)),
  searchScenes: taking(
    v.strictObject({ text: v.string(), limit: v.pipe(limit, v.maxValue(FOUND_AT_ONCE)) }),
    (operations, input) => operations.searchScenes(input),
  ),
  pin: taking(v.strictObject({ scene, item }), (operations, input) => operations.pin(input)),
  unpin: taking(v.strictObject({ scene }), (operations, input) => operations.unpin(input)),
  resume: taking(nothing, (operations) => operations.resume()),
  adoptServer: taking(nothing, (operations) => operations.adoptServer()),
};

/** @param call is given what came, if it fits */
export function taking<Input, Offered = Operations>(
  schema: v.GenericSchema<unknown, Input>,
  call: (offered: Offered, input: Input) => Promise<unknown>,
): RunOperation<Offered> {
  return async (offered, input) => {
    const parsed = v.safeParse(schema, input);
    if (!parsed.success) return fail(refusalWords(parsed.issues));
    return succeed(await call(offered, parsed.output));
  };
}

/** A request may be wrong in as many ways as it has bytes. */
const MOST_ISSUES = 10;
const MOST_CHARACTERS = 300;

function refusalWords(issues: readonly v.BaseIssue<unknown>[]): string {
  const more = issues.length > MOST_ISSUES ? [`and ${issues.length - MOST_ISSUES} more`] : [];
  return [...issues.slice(0, MOST_ISSUES).map(issueWords), ...more].join('; ');
}

function issueWords(issue: v.BaseIssue<unknown>): string {
  const path = v.getDotPath(issue);
  const words = path === null ? issue.message : `${path}: ${issue.message}`;
  return words.length > MOST_CHARACTERS ? `${words.slice(0, MOST_CHARACTERS)}…` : words;
}
