import { html } from 'hono/html';
import type { PathMap } from '../../../../core/matching/pathMap.ts';
import type { SceneFile } from '../../../../core/scene.ts';
import { visibleText } from '../../../../core/visibleText.ts';
import { lengthWords, sizeWords } from '../../../../core/words/fileWords.ts';
import type { CandidateView, SceneView } from '../../../../engine/sceneView.ts';
import { coverPath, posterPath } from '../pictures.ts';
import { factList } from './factList.ts';
import type { Html } from './html.ts';
import { isInUse, mapFix } from './mapFix.ts';
import { postButton } from './postButton.ts';

interface Choice {
  readonly view: SceneView;
  /** Where a person comes back to. */
  readonly to: string;
  /** Those in use. */
  readonly pathMaps: readonly PathMap[];
}

/** The scene and what it may be in Plex, side by side. */
export const candidateCards = (choice: Choice): Html =>
  html`<ul class="candidates plain">
  <li class="candidate own">${ownCard(choice.view)}</li>
  ${choice.view.candidates.map((candidate) => html`<li class="candidate">${candidateCard(candidate, choice)}</li>`)}
</ul>`;

function ownCard({ sceneId, title, files }: SceneView): Html {
  const [file] = files;
  return html`<img class="cover" src="${coverPath(sceneId)}" alt="" loading="lazy" />
  <div>
    <h4>${title === '' ? 'The scene' : visibleText(title)}</h4>
    <p class="quiet">In Stash</p>
    ${file === undefined ? html`<p>It has no file.</p>` : fileFacts(file)}
  </div>`;
}

function candidateCard(candidate: CandidateView, { view, to, pathMaps }: Choice): Html {
  const { item, title, library, path, size, durationMs, words, mayBePinned, map } = candidate;
  const name = visibleText(title);
  return html`<img class="poster" src="${posterPath(item)}" alt="" loading="lazy" />
  <div>
    <h4>${name}</h4>
    <p class="quiet">${visibleText(library)}, item ${item.ratingKey}</p>
    ${fileFacts({ path, size, durationMs }, view.files)}
    ${words === '' ? null : html`<p><span class="badge ${mayBePinned ? 'doubtful' : 'bad'}">${words}</span></p>`}
    ${
      mayBePinned
        ? postButton({
            action: `/scenes/${view.sceneId}/pin`,
            words: 'This one',
            about: `is scene ${view.sceneId}: ${name}, item ${item.ratingKey}`,
            kind: 'primary',
            fields: { section: item.section, key: item.ratingKey, to },
          })
        : html`<p class="quiet">It cannot be the scene: its size is another one.</p>`
    }
    ${map === null || isInUse(map, pathMaps) ? null : mapFix(map, pathMaps)}
  </div>`;
}

type FileTraits = Pick<SceneFile, 'path' | 'size' | 'durationMs'>;

/** What differs from all files of the scene is marked. */
const fileFacts = ({ path, size, durationMs }: FileTraits, others?: readonly FileTraits[]): Html =>
  factList([
    ['File', html`<span class="mono">${visibleText(path)}</span>`],
    [
      'Size',
      marked(
        sizeWords(size),
        isOther(
          size,
          others?.map((other) => other.size),
        ),
      ),
    ],
    [
      'Length',
      marked(
        lengthWords(durationMs),
        isOther(
          durationMs,
          others?.map((other) => other.durationMs),
          1_000,
        ),
      ),
    ],
  ]);

const isOther = (
  value: number | null,
  others: readonly (number | null)[] | undefined,
  tolerance = 0,
): boolean =>
  value !== null &&
  others !== undefined &&
  others.length > 0 &&
  others.every((other) => other !== null && Math.abs(other - value) > tolerance);

const marked = (words: string, isOtherValue: boolean): Html =>
  isOtherValue ? html`${words} <span class="badge bad">differs</span>` : html`${words}`;
