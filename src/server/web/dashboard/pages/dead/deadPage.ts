import type { Context } from 'hono';
import { html } from 'hono/html';
import { FAILURE_CLASSES, FAILURE_POLICIES, type FailureClass } from '../../../../../core/failure.ts';
import type { SceneId } from '../../../../../core/ids.ts';
import type { Job } from '../../../../../core/job.ts';
import { counted } from '../../../../../core/quantityInWords.ts';
import { fail, type Result, succeed } from '../../../../../core/result.ts';
import { subjectName } from '../../../../../core/scene.ts';
import { subjectNamed } from '../../../../../core/subjectNamed.ts';
import { FOUND_AGAIN } from '../../../../../core/words/clearedWords.ts';
import {
  lettersClearedWords,
  lettersQueuedWords,
  NO_LETTER_FITS,
} from '../../../../../core/words/deadWords.ts';
import { failureWords } from '../../../../../core/words/failureWords.ts';
import { heldWords } from '../../../../../core/words/holdWords.ts';
import type { Operations } from '../../../../../engine/operations.ts';
import type { SceneView } from '../../../../../engine/sceneView.ts';
import { queuedWords } from '../../../../../engine/words/queuedWords.ts';
import type { DeadSelection, QueueCounts } from '../../../../../store/port.ts';
import type { Dashboard } from '../../dashboard.ts';
import { formOf } from '../../formOf.ts';
import { confirmForm } from '../../parts/confirmForm.ts';
import { pageAddress } from '../../parts/pageAddress.ts';
import { problemNote } from '../../parts/problemNote.ts';
import { shownLimit } from '../../shownLimit.ts';
import { wayBack } from '../../signIn/signInPage.ts';
import { DEAD_PATH, type DeadFilter, type DeadGroup, deadView } from './deadView.ts';

const LIMIT = { usual: 20, most: 200 };
/** Where all classes are shown: enough to see what each is about. */
const OF_EACH_CLASS = 5;

/** What is looked at in Stash and the index to say how to mend it. */
const LOOKED_AT: ReadonlySet<FailureClass> = new Set(['ambiguous', 'contested', 'no-match']);

export function addDeadPage({ app, parts: { operations, now }, show, act }: Dashboard): void {
  app.get(DEAD_PATH, async (context) => {
    const filter = filterOf(context);
    const status = await operations.status();
    const groups = await groupsOf(filter, status.queue, operations);
    const views = await viewsOf(groups, operations);
    const to = addressOf(filter);
    return show(context, {
      title: 'Dead letters',
      at: DEAD_PATH,
      isLive: true,
      body: html`${views.ok ? null : problemNote(views.failure)}${deadView({
        filter,
        counts: status.queue,
        groups,
        views: new Map(views.ok ? views.value.map((view) => [view.sceneId, view]) : []),
        to,
        pathMaps: status.pathMaps,
        version: status.version,
        now: now(),
        more: (group) => moreAddress(group, filter),
      })}`,
    });
  });

  app.get(`${DEAD_PATH}/clear`, async (context) => {
    const asked = askedOf((name) => context.req.query(name));
    const back = wayBack(context.req.query('to') ?? DEAD_PATH);
    if (asked === null) return context.redirect(DEAD_PATH, 303);
    const { queue } = await operations.status();
    return show(context, {
      title: 'Clear dead letters',
      at: DEAD_PATH,
      isLive: false,
      body: html`<section class="card stack">
  <p>${asked.words(queue)} would be forgotten, and what is wrong stays as it is. ${FOUND_AGAIN}</p>
  ${confirmForm({ action: `${DEAD_PATH}/clear`, fields: { ...asked.fields, to: back }, yes: 'Clear', back })}
</section>`,
    });
  });

  const post = (name: string, perform: (asked: Asked) => Promise<Result<string, string>>): void => {
    app.post(`${DEAD_PATH}/${name}`, async (context) => {
      const form = await formOf(context);
      const asked = askedOf((field) => form.get(field));
      return act(context, wayBack(form.get('to') ?? DEAD_PATH), () =>
        asked === null ? Promise.resolve(fail(SAY_WHICH)) : perform(asked),
      );
    });
  };
  post('clear', async ({ selection }) => {
    const { cleared } = await operations.clearDead(selection);
    return succeed(cleared === 0 ? NO_LETTER_FITS : `${lettersClearedWords(cleared)} ${FOUND_AGAIN}`);
  });
  post('retry', async ({ selection }) => {
    const outcome = await operations.retry(selection);
    if (!outcome.ok) return fail(failureWords(outcome.failure));
    const { retried } = outcome.value;
    return succeed(
      retried === 0 ? NO_LETTER_FITS : queuedWords(lettersQueuedWords(retried), await operations.status()),
    );
  });
  post('hold', ({ selection }) => leaveAlone(selection, operations));
}

/** A held scene makes no dead letters, and without the hold the next comparison would make this one again. */
async function leaveAlone(selection: DeadSelection, operations: Operations): Promise<Result<string, string>> {
  const subjects = selection.kind === 'subjects' ? selection.subjects : [];
  const scenes = subjects.flatMap((subject) => (subject.kind === 'scene' ? [subject.id] : []));
  if (scenes.length === 0) return fail(SAY_WHICH);
  const { held } = await operations.hold({ scenes, reason: '' });
  const { cleared } = await operations.clearDead(selection);
  return succeed(
    `${heldWords(held, scenes.length)}: nothing is written until you release it on its page. ${lettersClearedWords(cleared)}`,
  );
}

const SAY_WHICH = 'Say which dead letters: one, or all of a kind.';

interface Asked {
  readonly selection: DeadSelection;
  /** As forms and addresses say it. */
  readonly fields: Readonly<Record<string, string>>;
  readonly words: (counts: QueueCounts) => string;
}

function askedOf(read: (name: string) => string | null | undefined): Asked | null {
  const [name, kind] = [read('subject') ?? '', classOf(read('class'))];
  const subject = subjectNamed(name);
  if (subject !== null) {
    return {
      selection: { kind: 'subjects', subjects: [subject] },
      fields: { subject: name },
      words: () => `The dead letter of ${subjectName(subject)}`,
    };
  }
  if (kind === null) return null;
  return {
    selection: { kind: 'class', class: kind },
    fields: { class: kind },
    words: ({ deadByClass }) =>
      `${counted(deadByClass[kind] ?? 0, 'dead letter')} of the kind “${FAILURE_POLICIES[kind].title}”`,
  };
}

const classOf = (text: string | null | undefined): FailureClass | null =>
  FAILURE_CLASSES.find((kind) => kind === text) ?? null;

const filterOf = (context: Context): DeadFilter => ({
  class: classOf(context.req.query('class')),
  limit: shownLimit(context.req.query('limit'), LIMIT),
});

const addressOf = ({ class: kind, limit }: DeadFilter): string =>
  pageAddress(DEAD_PATH, { class: kind, limit: limit === LIMIT.usual ? null : limit });

function moreAddress({ class: kind, letters }: DeadGroup, filter: DeadFilter): string | null {
  if (filter.class === null) return addressOf({ class: kind, limit: LIMIT.usual });
  return letters.length >= LIMIT.most
    ? null
    : addressOf({ class: kind, limit: Math.min(LIMIT.most, filter.limit * 4) });
}

async function groupsOf(
  filter: DeadFilter,
  { deadByClass }: QueueCounts,
  operations: Operations,
): Promise<readonly DeadGroup[]> {
  const classes = FAILURE_CLASSES.filter(
    (kind) => (deadByClass[kind] ?? 0) > 0 && (filter.class === null || filter.class === kind),
  );
  const limit = filter.class === null ? OF_EACH_CLASS : filter.limit;
  const groups = await Promise.all(
    classes.map(async (kind) => ({
      class: kind,
      count: deadByClass[kind] ?? 0,
      letters: await operations.dead({ class: kind, limit }),
    })),
  );
  return groups.filter(({ letters }) => letters.length > 0);
}

/** One request to Stash for all of them. */
async function viewsOf(
  groups: readonly DeadGroup[],
  operations: Operations,
): Promise<Result<readonly SceneView[]>> {
  const scenes = groups
    .filter(({ class: kind }) => LOOKED_AT.has(kind))
    .flatMap(({ letters }) => scenesOf(letters));
  return scenes.length === 0 ? succeed([]) : operations.scenes({ scenes });
}

const scenesOf = (letters: readonly Job[]): readonly SceneId[] =>
  letters.flatMap(({ subject }) => (subject.kind === 'scene' ? [subject.id] : []));
