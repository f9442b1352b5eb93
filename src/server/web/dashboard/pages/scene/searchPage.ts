import { html } from 'hono/html';
import { isSceneAddress, sceneIdIn } from '../../../../../core/sceneIdIn.ts';
import { visibleText } from '../../../../../core/visibleText.ts';
import type { FoundScene, FoundScenes } from '../../../../../engine/searchScenes.ts';
import type { Dashboard } from '../../dashboard.ts';
import type { Html } from '../../parts/html.ts';
import { pageAddress } from '../../parts/pageAddress.ts';
import { problemNote } from '../../parts/problemNote.ts';
import { type RowColumn, rowTable } from '../../parts/rowTable.ts';
import { sceneStates } from '../../parts/sceneStates.ts';
import { shownLimit } from '../../shownLimit.ts';

export const SCENES_PATH = '/scenes';
const LIMIT = { usual: 25, most: 500 };
/** Longer ones are no search, and Stash would have to look for each word. */
const LONGEST = 500;

/** Finds scenes as Stash does, and says how each stands. */
export function addSearchPage({ app, parts: { operations }, show }: Dashboard): void {
  app.get(SCENES_PATH, async (context) => {
    const text = (context.req.query('q') ?? '').trim().slice(0, LONGEST);
    const id = sceneIdIn(text);
    // A pasted address means this one: no list of one has to be clicked through.
    if (id !== null && isSceneAddress(text)) return context.redirect(`${SCENES_PATH}/${id}`, 303);
    const limit = shownLimit(context.req.query('limit'), LIMIT);
    const found = await operations.searchScenes({ text, limit });
    return show(context, {
      title: 'Scenes',
      at: SCENES_PATH,
      isLive: false,
      body: html`<section class="card">
  ${searchForm(text)}
  ${found.ok ? foundView(found.value, { text, limit }) : problemNote(found.failure)}
</section>`,
    });
  });
}

const searchForm = (
  text: string,
): Html => html`<form method="get" action="${SCENES_PATH}" class="filters" role="search">
  <label class="wide">Search <input type="search" name="q" value="${text}" autocomplete="off" spellcheck="false"
    placeholder="Title, path, number, or an address of Stash" ${text === '' ? html`autofocus` : null} /></label>
  <button class="primary">Search</button>
</form>`;

interface Search {
  readonly text: string;
  readonly limit: number;
}

function foundView({ scenes, hasMore }: FoundScenes, { text, limit }: Search): Html {
  if (scenes.length === 0) {
    return text === ''
      ? html`<p>Stash has no scenes yet. Once it has scanned some, they are found here.</p>`
      : html`<p>Stash finds no scene for “${visibleText(text)}”. It looks in titles, details and paths; every word has to be
    there. <a href="${SCENES_PATH}">Show the latest ones.</a></p>`;
  }
  const caption =
    text === ''
      ? 'The scenes that were changed last in Stash.'
      : `Found for “${visibleText(text)}”, the latest changed first.`;
  return html`${rowTable(scenes, COLUMNS, caption)}${hasMore ? moreLink({ text, limit }) : null}`;
}

const COLUMNS: readonly RowColumn<FoundScene>[] = [
  {
    title: 'Scene',
    value: ({ sceneId, title, path }) =>
      html`<a href="${SCENES_PATH}/${sceneId}">${visibleText(title === '' ? nameOf(path) : title)}</a>`,
  },
  { title: 'Number', value: ({ sceneId }) => sceneId, isNumber: true },
  { title: 'State', value: (scene) => sceneStates({ ...scene, links: scene.links.length }) },
  {
    title: 'File',
    value: ({ path }) =>
      path === null ? 'none' : html`<span class="mono quiet">${visibleText(path)}</span>`,
  },
];

/** As Stash shows a scene without a title. */
const nameOf = (path: string | null): string => path?.split(/[/\\]/).at(-1) ?? 'without title and file';

const moreLink = ({ text, limit }: Search): Html =>
  limit >= LIMIT.most
    ? html`<p class="quiet">The first ${limit}. More words find fewer.</p>`
    : html`<p>The first ${limit}. <a href="${pageAddress(SCENES_PATH, { q: text, limit: Math.min(LIMIT.most, limit * 4) })}">Show more</a></p>`;
