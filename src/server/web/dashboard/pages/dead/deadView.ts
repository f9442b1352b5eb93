import { html } from 'hono/html';
import { FAILURE_CLASSES, FAILURE_POLICIES, type FailureClass } from '../../../../../core/failure.ts';
import type { SceneId } from '../../../../../core/ids.ts';
import type { Job } from '../../../../../core/job.ts';
import type { PathMap } from '../../../../../core/matching/pathMap.ts';
import { counted } from '../../../../../core/quantityInWords.ts';
import { visibleText } from '../../../../../core/visibleText.ts';
import type { SceneView } from '../../../../../engine/sceneView.ts';
import type { QueueCounts } from '../../../../../store/port.ts';
import type { Html } from '../../parts/html.ts';
import { isInUse, mapSettingAddress, mapText } from '../../parts/mapFix.ts';
import { pageAddress } from '../../parts/pageAddress.ts';
import { postButton } from '../../parts/postButton.ts';
import { withCode } from '../../parts/withCode.ts';
import { type LetterContext, letterView } from './letterView.ts';

export const DEAD_PATH = '/dead';

export interface DeadFilter {
  /** Null: some of each class. */
  readonly class: FailureClass | null;
  readonly limit: number;
}

export interface DeadGroup {
  readonly class: FailureClass;
  /** How many there are; fewer may be shown. */
  readonly count: number;
  readonly letters: readonly Job[];
}

export interface DeadPageParts extends Omit<LetterContext, 'view'> {
  readonly filter: DeadFilter;
  readonly counts: QueueCounts;
  readonly groups: readonly DeadGroup[];
  readonly views: ReadonlyMap<SceneId, SceneView>;
  /** The page with more of the class; null: these are all, or as many as are shown at once. */
  readonly more: (group: DeadGroup) => string | null;
}

export function deadView(parts: DeadPageParts): Html {
  const { filter, counts, groups } = parts;
  if (counts.dead === 0) return ALL_WELL;
  return html`${classLinks(filter, counts)}
${
  groups.length === 0
    ? html`<p class="card">No dead letter of this kind is left. <a href="${DEAD_PATH}">Show all.</a></p>`
    : groups.map((group) => groupView(group, parts))
}`;
}

const ALL_WELL = html`<p class="card">No dead letters: nothing needs you. A job comes here when trying again would not
  help; what is only late stands in <a href="/queue">the queue</a>.</p>`;

const classLinks = (filter: DeadFilter, { dead, deadByClass }: QueueCounts): Html =>
  html`<nav class="chips" aria-label="Kinds of dead letters"><ul class="row plain">
  <li>${chip({ address: DEAD_PATH, words: 'All', count: dead, isChosen: filter.class === null })}</li>
  ${FAILURE_CLASSES.flatMap((kind) => {
    const count = deadByClass[kind] ?? 0;
    if (count === 0 && filter.class !== kind) return [];
    const address = pageAddress(DEAD_PATH, { class: kind });
    const { title: words } = FAILURE_POLICIES[kind];
    return html`<li>${chip({ address, words, count, isChosen: filter.class === kind })}</li>`;
  })}
</ul></nav>`;

const chip = ({
  address,
  words,
  count,
  isChosen,
}: {
  readonly address: string;
  readonly words: string;
  readonly count: number;
  readonly isChosen: boolean;
}): Html =>
  html`<a class="button small" href="${address}" ${isChosen ? html`aria-current="true"` : null}>${words} <span class="badge">${count}</span></a>`;

function groupView(group: DeadGroup, parts: DeadPageParts): Html {
  const { class: kind, count, letters } = group;
  const { title, advice } = FAILURE_POLICIES[kind];
  const more = parts.more(group);
  const scope = { class: kind, to: parts.to };
  return html`<section class="card" aria-labelledby="class-${kind}">
  <header class="row">
    <h2 id="class-${kind}">${title}</h2>
    <span class="quiet">${counted(count, 'dead letter')}</span>
    <span class="row end">
      ${postButton({ action: `${DEAD_PATH}/retry`, words: 'Retry all', about: `of the kind “${title}”`, fields: scope })}
      <a class="button small" href="${pageAddress(`${DEAD_PATH}/clear`, scope)}">Clear all<span class="sr"> of the kind “${title}”</span></a>
    </span>
  </header>
  <p class="quiet">${withCode(advice)}</p>
  ${kind === 'no-match' ? mapsThatWouldHelp(letters, parts) : null}
  <div class="letters">${letters.map((job) => letterView(job, { ...parts, view: viewOf(job, parts) }))}</div>
  ${letters.length >= count ? null : html`<p>${letters.length} of ${counted(count, 'dead letter')}. ${more === null ? null : html`<a href="${more}">Show more</a>`}</p>`}
</section>`;
}

const viewOf = ({ subject }: Job, { views }: DeadPageParts): SceneView | null =>
  subject.kind === 'scene' ? (views.get(subject.id) ?? null) : null;

/** One map mostly explains many letters: a folder that is named otherwise where Plex runs. */
function mapsThatWouldHelp(letters: readonly Job[], parts: DeadPageParts): Html | null {
  const maps = letters.flatMap((job): readonly PathMap[] => {
    const candidates = viewOf(job, parts)?.candidates ?? [];
    return [
      ...new Map(
        candidates.flatMap(({ map }) =>
          map === null || isInUse(map, parts.pathMaps) ? [] : [[mapText(map), map]],
        ),
      ).values(),
    ];
  });
  const ranked = [...Map.groupBy(maps, mapText).values()].toSorted((a, b) => b.length - a.length);
  const shown = ranked.slice(0, 3).flatMap((alike) => {
    const [map] = alike;
    return map === undefined ? [] : [{ map, count: alike.length }];
  });
  if (shown.length === 0) return null;
  return html`<div class="notice doubtful"><p>A path map would help with what is shown here:</p><ul>${shown.map(
    ({ map, count }) => html`<li><code>${visibleText(mapText(map))}</code> finds
      ${count === letters.length && count > 1 ? `all ${count}` : `${count} of ${letters.length}`}:
      <a href="${mapSettingAddress(map, parts.pathMaps)}">set it</a></li>`,
  )}</ul></div>`;
}
