import { html } from 'hono/html';
import { EVIDENCE_WORDS } from '../../../../../core/matching/evidence.ts';
import type { PathMap } from '../../../../../core/matching/pathMap.ts';
import { visibleText } from '../../../../../core/visibleText.ts';
import { lengthWords, sizeWords } from '../../../../../core/words/fileWords.ts';
import type { LinkView, SceneView } from '../../../../../engine/sceneView.ts';
import { plexItemPage } from '../../outsideLinks.ts';
import { candidateCards } from '../../parts/candidateCards.ts';
import { factList } from '../../parts/factList.ts';
import type { Html } from '../../parts/html.ts';
import { outsideLink } from '../../parts/outsideLink.ts';
import { postButton } from '../../parts/postButton.ts';
import { agoMark } from '../../parts/timeMark.ts';
import { posterPath } from '../../pictures.ts';

export interface LinkContext {
  readonly to: string;
  readonly pathMaps: readonly PathMap[];
  /** Which Plex server it is; null: not known yet. */
  readonly machine: string | null;
  readonly now: number;
}

/** Which items the scene is, and why that is believed; or what it may be. */
export function linkView(view: SceneView, context: LinkContext): Html {
  const { sceneId, links, candidates, expectedPaths } = view;
  const [expected] = expectedPaths;
  const isPinned = links.some(({ evidence }) => evidence === 'pinned');
  return html`<section class="card" aria-labelledby="in-plex">
  <h2 id="in-plex">In Plex</h2>
  ${links.length === 0 ? html`<p>It is linked to no item.</p>` : html`<ul class="candidates plain">${links.map((link) => html`<li class="candidate">${linkCard(link, context)}</li>`)}</ul>`}
  ${isPinned ? postButton({ action: `/scenes/${sceneId}/unpin`, words: 'Let evidence decide again', fields: { to: context.to } }) : null}
  ${expected === undefined ? null : html`<p>By the path maps Plex would have it at <span class="mono">${visibleText(expected)}</span>.</p>`}
  ${candidates.length === 0 ? null : html`<h3>What it may be</h3>${candidateCards({ view, ...context })}`}
  <details><summary>${links.length === 0 ? 'Choose an item by its number' : 'It is another item'}</summary>${pinForm(view, context)}</details>
</section>`;
}

function linkCard(
  { item, evidence, part, library, itemPath, verifiedAt, writtenAt }: LinkView,
  { machine, now }: LinkContext,
): Html {
  const title = part === null ? 'Gone from Plex' : visibleText(part.title);
  return html`<img class="poster" src="${posterPath(item)}" alt="" loading="lazy" />
  <div>
    <h4>${title}</h4>
    <p class="quiet">${visibleText(library)}, item ${item.ratingKey} ${outsideLink(plexItemPage(item, machine), 'Open in Plex')}</p>
    ${factList([
      ['File', html`<span class="mono">${visibleText(part?.path ?? itemPath)}</span>`],
      ...(part === null
        ? []
        : [['Size', sizeWords(part.size)] as const, ['Length', lengthWords(part.durationMs)] as const]),
      ['Seen', verifiedAt === null ? 'not read yet' : agoMark(verifiedAt, now)],
    ])}
    <p class="row"><span class="badge good">${EVIDENCE_WORDS[evidence]}</span>${writtenAt === null ? null : html`<span class="badge doubtful">an edit is on its way</span>`}</p>
  </div>`;
}

const pinForm = ({ sceneId }: SceneView, { to }: LinkContext): Html =>
  html`<form method="post" action="/scenes/${sceneId}/pin" class="filters" data-kept>
  <input type="hidden" name="to" value="${to}" />
  <label>Number of the item <input name="key" inputmode="numeric" pattern="[0-9]+" required autocomplete="off" aria-describedby="key-note" /></label>
  <button>This one</button>
  <p class="quiet" id="key-note">It stands in the address of the item in Plex, behind “metadata%2F”.</p>
</form>`;
