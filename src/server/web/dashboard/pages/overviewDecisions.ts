import { html } from 'hono/html';
import {
  fieldCounts,
  type PlanTally,
  reasonCountWords,
  tallyWords,
} from '../../../../core/planning/tally.ts';
import { counted } from '../../../../core/quantityInWords.ts';
import { fail, type Result, succeed } from '../../../../core/result.ts';
import { failureWords } from '../../../../core/words/failureWords.ts';
import type { FirstSyncStatus } from '../../../../engine/firstSync.ts';
import type { Operations, Status } from '../../../../engine/operations.ts';
import {
  adoptedWords,
  cancelledWords,
  FIRST_SYNC_ACCEPTED,
  firstSyncWords,
  pausedWords,
  reconcileQueuedWords,
  resumedWords,
  unpausedWords,
} from '../../../../engine/words/decisionWords.ts';
import { queuedWords } from '../../../../engine/words/queuedWords.ts';
import type { Dashboard } from '../dashboard.ts';
import { formOf } from '../formOf.ts';
import { confirmForm } from '../parts/confirmForm.ts';
import type { Html } from '../parts/html.ts';
import { rowTable } from '../parts/rowTable.ts';
import { sceneLink } from '../parts/sceneLink.ts';
import { agoMark } from '../parts/timeMark.ts';
import { RECONCILE_ACTS, RECONCILE_PATH, type ReconcileAct } from './reconcileCard.ts';

const RESUME_PATH = '/resume';
const ADOPT_PATH = '/adopt-server';
const FIRST_SYNC_PATH = '/first-sync';

/** What waits for a person's word, and what each word does. */
export function addDecisions({ app, parts: { operations }, show, act }: Dashboard): void {
  app.post(RESUME_PATH, async (context) => {
    await formOf(context);
    return act(context, '/', async () => succeed(resumedWords(await operations.resume()).join(' ')));
  });
  app.get(ADOPT_PATH, (context) =>
    show(context, {
      title: 'Another Plex server',
      at: '/',
      isLive: false,
      body: html`<section class="card stack">
  <p>The server that answers at <code>plex_url</code> would be the one from now on. Links, and what PlexSync wrote to the
    old one, are forgotten; the history stays. The first sync with the new one asks before it writes.</p>
  ${confirmForm({ action: ADOPT_PATH, yes: 'Use the new server', back: '/' })}
</section>`,
    }),
  );
  app.post(ADOPT_PATH, async (context) => {
    await formOf(context);
    return act(context, '/', async () => {
      const adopted = await operations.adoptServer();
      return adopted.ok
        ? succeed(`${adoptedWords(adopted.value)} Compare everything with it now.`)
        : fail(failureWords(adopted.failure));
    });
  });
  app.post(FIRST_SYNC_PATH, async (context) => {
    await formOf(context);
    return act(context, '/', () => runFirstSync(operations));
  });
  app.post(RECONCILE_PATH, async (context) => {
    const wanted = (await formOf(context)).get('act');
    return act(context, '/', () =>
      wanted !== null && isReconcileAct(wanted)
        ? RECONCILE[wanted](operations)
        : Promise.resolve(fail('Nothing was asked for.')),
    );
  });
}

const isReconcileAct = (text: string): text is ReconcileAct => Object.hasOwn(RECONCILE_ACTS, text);

const RECONCILE: {
  readonly [Act in ReconcileAct]: (operations: Operations) => Promise<Result<string, string>>;
} = {
  start: async (operations) => {
    const queued = await operations.reconcile();
    if (!queued.ok) return fail(failureWords(queued.failure));
    return succeed(comparisonQueued(reconcileQueuedWords(queued.value), await operations.status()));
  },
  pause: async (operations) => succeed(pausedWords(await operations.pauseReconcile())),
  resume: async (operations) => succeed(unpausedWords(await operations.resumeReconcile())),
  cancel: async (operations) => succeed(cancelledWords(await operations.cancelReconcile())),
};

const comparisonQueued = (words: string, status: Status): string =>
  queuedWords(words, status, { isComparison: true });

async function runFirstSync(operations: Operations): Promise<Result<string, string>> {
  const started = await operations.runFirstSync();
  if (!started.ok) return fail(failureWords(started.failure));
  if (!started.value.wasAsking) return succeed(FIRST_SYNC_ACCEPTED);
  return succeed(comparisonQueued(firstSyncWords(started.value), await operations.status()));
}

export const decisionCards = ({ stop, firstSync, destroyedAtOnce }: Status, now: number): readonly Html[] => [
  ...(stop === null ? [] : [stopCard(stop, now)]),
  // With a stop there is a word for both.
  ...(stop === null && destroyedAtOnce > 0 ? [destroyedCard(destroyedAtOnce)] : []),
  ...(firstSync === null ? [] : [firstSyncCard(firstSync, now)]),
];

/** Why it stopped stands above it, as on every page. */
const stopCard = (
  { kind, since }: NonNullable<Status['stop']>,
  now: number,
): Html => html`<section class="card stack urgent" aria-labelledby="stop">
  <h2 id="stop">How to go on</h2>
  <p>Nothing was written since the stop ${agoMark(since, now)}; what is edited meanwhile is queued.</p>
  ${
    kind === 'server-changed'
      ? html`<p><a class="button" href="${ADOPT_PATH}">Use the new server</a></p>`
      : html`<form method="post" action="${RESUME_PATH}"><button class="primary">All is well: go on</button></form>`
  }
</section>`;

const destroyedCard = (scenes: number): Html => html`<section class="card stack" aria-labelledby="destroyed">
  <h2 id="destroyed">${counted(scenes, 'scene')} destroyed at once</h2>
  <p>Plex keeps their values, and PlexSync what it knows of them, until you say that it was meant.</p>
  <form method="post" action="${RESUME_PATH}"><button>It was meant</button></form>
</section>`;

function firstSyncCard({ report }: FirstSyncStatus, now: number): Html {
  return html`<section class="card stack" aria-labelledby="first-sync">
  <h2 id="first-sync">First sync</h2>
  ${
    report === null
      ? html`<p>It asks before it writes: a comparison of everything finds out what would change, and writes nothing until
        you accept what it finds.</p>`
      : html`<p>Compared ${agoMark(report.endedAt, now)}, and nothing was written. ${tallyWords(report.tally)}.</p>
        ${fieldTable(report.tally)}
        ${report.sample.length === 0 ? null : html`<p>The first that would change: ${report.sample.map((id) => html`${sceneLink(id)} `)}</p>`}
        <form method="post" action="${FIRST_SYNC_PATH}"><button class="primary">Accept it, and write</button></form>`
  }
</section>`;
}

function fieldTable(tally: PlanTally): Html | null {
  const rows = fieldCounts(tally);
  if (rows.length === 0) return null;
  return rowTable(
    rows,
    [
      { title: 'Field', value: ([field]) => field },
      { title: 'Items', value: ([, items]) => items, isNumber: true },
      { title: 'Why', value: ([field]) => reasonCountWords(tally, field) },
    ],
    'What would be written',
  );
}
