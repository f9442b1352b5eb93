import type { SceneId } from '../../../core/ids.ts';
import { itemKeyText } from '../../../core/item.ts';
import { bytesInWords } from '../../../core/quantityInWords.ts';
import type { CandidateView, SceneView } from '../../../engine/sceneView.ts';
import { type Acts, actButton } from '../act.ts';
import { ask } from '../ask.ts';
import { h } from '../element.ts';
import type { Child } from '../pluginApi.ts';

/** `2 GB (2,147,483,648 bytes)`: copies often differ in the last digits only. */
export const sizeWords = (size: number | null): string =>
  size === null ? 'size not known' : `${bytesInWords(size)} (${size.toLocaleString('en')} bytes)`;

/** `1:02:03`. */
export function lengthWords(durationMs: number | null): string {
  if (durationMs === null) return 'length not known';
  const seconds = Math.round(durationMs / 1000);
  const two = (count: number): string => String(count).padStart(2, '0');
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return `${hours > 0 ? `${hours}:${two(minutes)}` : minutes}:${two(seconds % 60)}`;
}

/** The scene's files beside what Plex has, so that a person can choose, or see what is in the way. */
export function candidateList(view: SceneView, acts: Acts): Child {
  const { sceneId, files, candidates, expectedPaths } = view;
  return h(
    'div',
    { className: 'plexsync-candidates' },
    h(
      'ul',
      { 'aria-label': 'Files of the scene' },
      ...files.map(({ path, size, durationMs }) =>
        h(
          'li',
          { key: path },
          h('strong', null, 'In Stash: '),
          h('span', { className: 'plexsync-path' }, path),
          h('div', null, `${sizeWords(size)}, ${lengthWords(durationMs)}`),
        ),
      ),
    ),
    expectedPaths.length === 0
      ? null
      : h(
          'p',
          null,
          'Looked for in Plex at ',
          h('span', { className: 'plexsync-path' }, expectedPaths.join(' · ')),
        ),
    candidates.length === 0
      ? h('p', null, 'Plex has nothing that comes near. Let Plex scan the folder of the file.')
      : h(
          'ul',
          { 'aria-label': 'Items of Plex' },
          ...candidates.map((candidate) => candidateEntry(sceneId, candidate, acts)),
        ),
  );
}

function candidateEntry(scene: SceneId, candidate: CandidateView, acts: Acts): Child {
  const { item, title, library, path, size, durationMs, words, map, mayBePinned } = candidate;
  const name = `pin ${itemKeyText(item)}`;
  return h(
    'li',
    { key: name },
    h('strong', null, title === '' ? `item ${item.ratingKey}` : title),
    ` in ${library}`,
    h('div', { className: 'plexsync-path' }, path),
    h('div', null, `${sizeWords(size)}, ${lengthWords(durationMs)}`),
    words === '' ? null : h('div', null, words),
    map === null
      ? null
      : h('div', null, 'This path map would decide: ', h('code', null, `${map.from}=>${map.to}`)),
    mayBePinned
      ? actButton(acts, {
          name,
          label: 'This one',
          about: path,
          style: 'primary',
          onClick: () =>
            acts.run(
              name,
              () => ask('pin', { scene, item }),
              ({ itemTitle, path: chosen }) =>
                `Scene ${scene} is “${itemTitle}” (${chosen}) from now on, and is written there.`,
            ),
        })
      : h('div', null, 'It cannot be chosen: its size shows that it is another file.'),
  );
}
