import { html } from 'hono/html';
import { adviceOf, type Candidate, type Failure, type FailureClass } from '../../../../../core/failure.ts';
import type { Job } from '../../../../../core/job.ts';
import type { PathMap } from '../../../../../core/matching/pathMap.ts';
import { counted } from '../../../../../core/quantityInWords.ts';
import { subjectName } from '../../../../../core/scene.ts';
import { nameOfSubject } from '../../../../../core/subjectNamed.ts';
import { visibleText } from '../../../../../core/visibleText.ts';
import { deadSinceWords } from '../../../../../core/words/deadWords.ts';
import type { SceneView } from '../../../../../engine/sceneView.ts';
import { candidateCards } from '../../parts/candidateCards.ts';
import type { Html } from '../../parts/html.ts';
import { pageAddress } from '../../parts/pageAddress.ts';
import { postButton } from '../../parts/postButton.ts';
import { subjectMark } from '../../parts/sceneLink.ts';
import { withCode } from '../../parts/withCode.ts';

export interface LetterContext {
  /** Null: it is no scene, it was not looked at, or Stash does not have it any more. */
  readonly view: SceneView | null;
  readonly to: string;
  readonly pathMaps: readonly PathMap[];
  readonly version: string;
  readonly now: number;
}

/** One dead letter: what is wrong, and the ways to mend it. */
export function letterView(job: Job, context: LetterContext): Html {
  const { subject, failure } = job;
  const name = nameOfSubject(subject);
  const id = `letter-${subject.kind}-${subject.id}`;
  const title = context.view?.title ?? '';
  return html`<article class="letter" aria-labelledby="${id}">
  <header class="row">
    <h3 id="${id}">${subjectMark(subject)}${title === '' ? null : html` ${visibleText(title)}`}</h3>
    <span class="quiet">${deadSinceWords(job, context.now)}</span>
    ${name === null ? null : letterActions(job, name, context)}
  </header>
  ${failure === null ? null : html`<p>${visibleText(failure.message)}</p>${ownAdvice(failure)}`}
  ${remedy(job, context)}
</article>`;
}

const letterActions = ({ subject }: Job, name: string, { to }: LetterContext): Html => {
  const about = subjectName(subject);
  return html`<span class="row end">
    ${postButton({ action: '/dead/retry', words: 'Retry', about, fields: { subject: name, to } })}
    ${
      subject.kind === 'scene'
        ? postButton({ action: '/dead/hold', words: 'Hold', about, fields: { subject: name, to } })
        : null
    }
    <a class="button small" href="${pageAddress('/dead/clear', { subject: name, to })}">Clear<span class="sr"> ${about}</span></a>
  </span>`;
};

/** That of its class stands above all of the class. */
const ownAdvice = (failure: Failure): Html | null =>
  failure.advice === undefined
    ? null
    : html`<p><strong>What to do:</strong> ${withCode(adviceOf(failure))}</p>`;

function remedy(job: Job, context: LetterContext): Html | null {
  const { failure } = job;
  if (failure === null) return null;
  const { view } = context;
  switch (failure.class) {
    case 'ambiguous':
    case 'contested':
      return view === null ? knownCandidates(failure.candidates ?? []) : candidateCards({ ...context, view });
    case 'no-match':
      return view === null ? null : nearest(view, context);
    case 'auth':
      return html`<p><a class="button small" href="/settings">Sign in again</a></p>`;
    case 'settings':
      return html`<p><a class="button small" href="/settings">Go to the settings</a></p>`;
    case 'rejected':
    case 'unexpected':
      return report(job, failure, context);
    default:
      return null;
  }
}

/** Where nothing better is known: as the failure named them when it happened. */
const knownCandidates = (candidates: readonly Candidate[]): Html | null =>
  candidates.length === 0
    ? null
    : html`<ul>${candidates.map(
        ({ item, title, path }) =>
          html`<li>item ${item.ratingKey} ${visibleText(title)}, <span class="mono">${visibleText(path)}</span></li>`,
      )}</ul>`;

function nearest(view: SceneView, context: LetterContext): Html {
  const { candidates, expectedPaths } = view;
  const [expected] = expectedPaths;
  return html`${
    expected === undefined
      ? null
      : html`<p>By the path maps Plex would have it at <span class="mono">${visibleText(expected)}</span>.</p>`
  }
  ${
    candidates.length === 0
      ? html`<p>No file of Plex’s libraries comes near it.</p>`
      : html`<details ${candidates.length === 1 ? 'open' : ''}><summary>What comes nearest (${counted(candidates.length, 'item')})</summary>${candidateCards({ ...context, view })}</details>`
  }`;
}

const REPORTED: readonly FailureClass[] = ['unexpected'];

/** Everything that whoever is to help needs, ready to be copied. */
const report = ({ subject, attempt, stateSince }: Job, failure: Failure, { version }: LetterContext): Html =>
  html`<details ${REPORTED.includes(failure.class) ? 'open' : ''}><summary>What to report, if it stays</summary>
  <pre tabindex="0" aria-label="To be copied">${[
    `PlexSync ${version}`,
    `${subjectName(subject)}: ${failure.class}${failure.peer === undefined ? '' : ` (${failure.peer})`}`,
    visibleText(failure.message),
    `tried ${counted(attempt, 'time')}, dead since ${new Date(stateSince).toISOString()}`,
  ].join('\n')}</pre>
  <p class="quiet">Add the lines of <a href="/log">the log</a> about it. Paths and titles may stand there: look it over before you send it.</p>
</details>`;
