import { html } from 'hono/html';
import { bytesInWords, counted } from '../../../../core/quantityInWords.ts';
import { visibleText } from '../../../../core/visibleText.ts';
import type { FileNotInStash, Gaps, SceneNotInPlex } from '../../../../engine/gaps.ts';
import type { Dashboard } from '../dashboard.ts';
import type { Html } from '../parts/html.ts';
import { pageAddress } from '../parts/pageAddress.ts';
import { problemNote } from '../parts/problemNote.ts';
import { type RowColumn, rowTable } from '../parts/rowTable.ts';
import { sceneLink } from '../parts/sceneLink.ts';
import { agoMark } from '../parts/timeMark.ts';
import { shownLimit } from '../shownLimit.ts';

const PATH = '/gaps';
/** Each scene that is shown is read from Stash and looked for in the index while somebody waits. */
const LIMIT = { usual: 20, most: 500 };

export function addGapsPage({ app, parts: { operations, now }, show }: Dashboard): void {
  app.get(PATH, async (context) => {
    const limit = shownLimit(context.req.query('limit'), LIMIT);
    const gaps = await operations.gaps({ limit });
    return show(context, {
      title: 'Gaps',
      at: PATH,
      isLive: false,
      body: gaps.ok ? gapsView(gaps.value, limit, now()) : problemNote(gaps.failure),
    });
  });
}

const gapsView = ({ comparedAt, notInPlex, notInStash }: Gaps, limit: number, now: number): Html =>
  html`<p>${
    comparedAt === null
      ? html`Nothing was compared to its end yet, so that there may be more: <a href="/#reconcile">compare everything</a>.`
      : html`Everything was last compared ${agoMark(comparedAt, now)}.`
  }</p>
<section class="card" aria-labelledby="not-in-plex">
  <h2 id="not-in-plex">In Stash and not in Plex: ${counted(notInPlex.count, 'scene')}</h2>
  ${
    notInPlex.count === 0
      ? html`<p class="quiet">Every scene with a file has an item.</p>`
      : html`<p class="quiet">Let Plex scan the folders of these files, or correct the
      <a href="/settings">path maps</a>. A scene is synced by itself once Plex knows its file.</p>
      ${rowTable(notInPlex.scenes, SCENE_COLUMNS, 'Lowest ids first.')}
      ${moreLink(notInPlex.count, notInPlex.scenes.length, limit)}`
  }
</section>
<section class="card" aria-labelledby="not-in-stash">
  <h2 id="not-in-stash">In Plex and not in Stash: ${counted(notInStash.count, 'file')}</h2>
  ${
    notInStash.count === 0
      ? html`<p class="quiet">Every file in Plex belongs to a scene.</p>`
      : html`<p class="quiet">Let Stash scan the folders of these files if they should be in it. PlexSync leaves items
      without a scene alone.</p>
      ${rowTable(notInStash.files, FILE_COLUMNS, 'By library.')}
      ${moreLink(notInStash.count, notInStash.files.length, limit)}`
  }
</section>`;

const SCENE_COLUMNS: readonly RowColumn<SceneNotInPlex>[] = [
  { title: 'Scene', value: ({ sceneId }) => sceneLink(sceneId), isShort: true },
  { title: 'Title', value: ({ title }) => visibleText(title) },
  {
    title: 'Files',
    value: ({ paths }) => html`${paths.map((path) => html`<div class="mono">${visibleText(path)}</div>`)}`,
  },
  { title: 'Why', value: ({ why }) => visibleText(why) },
];

const FILE_COLUMNS: readonly RowColumn<FileNotInStash>[] = [
  { title: 'Library', value: ({ library }) => visibleText(library) },
  { title: 'Title', value: ({ title }) => visibleText(title) },
  { title: 'File', value: ({ path }) => html`<span class="mono">${visibleText(path)}</span>` },
  { title: 'Size', value: ({ size }) => (size === null ? '' : bytesInWords(size)), isNumber: true },
];

function moreLink(count: number, shown: number, limit: number): Html | null {
  if (count <= shown) return null;
  const words = `… and ${count - shown} more.`;
  return limit >= LIMIT.most
    ? html`<p>${words} <code>plexsync gaps --limit</code> lists as many as there are.</p>`
    : html`<p>${words} <a href="${pageAddress(PATH, { limit: Math.min(LIMIT.most, limit * 5) })}">Show more</a></p>`;
}
