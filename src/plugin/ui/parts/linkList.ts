import { EVIDENCE_WORDS } from '../../../core/matching/evidence.ts';
import { ago } from '../../../core/words/timeInWords.ts';
import type { LinkView, SceneView } from '../../../engine/sceneView.ts';
import { type Acts, actButton } from '../act.ts';
import { ask } from '../ask.ts';
import { h } from '../element.ts';
import type { Child } from '../pluginApi.ts';
import { lengthWords, sizeWords } from './candidateList.ts';

/** Which items the scene is, why that is believed, and when they were last seen to be in step. */
export const linkList = ({ sceneId, links }: SceneView, acts: Acts): Child =>
  links.length === 0
    ? h('p', null, 'Linked with no item of Plex.')
    : h('ul', { className: 'plexsync-list' }, ...links.map((link) => linkEntry(sceneId, link, acts)));

function linkEntry(scene: SceneView['sceneId'], link: LinkView, acts: Acts): Child {
  const { item, part, library, evidence, verifiedAt } = link;
  const name = `unpin ${item.ratingKey}`;
  return h(
    'li',
    { key: `${item.section}/${item.ratingKey}` },
    h('strong', null, part === null ? `item ${item.ratingKey}, which Plex does not show now` : part.title),
    library === '' ? null : ` in ${library}`,
    part === null ? null : h('div', { className: 'plexsync-path' }, part.path),
    part === null ? null : h('div', null, `${sizeWords(part.size)}, ${lengthWords(part.durationMs)}`),
    h('div', null, `Believed by: ${EVIDENCE_WORDS[evidence]}`),
    h(
      'div',
      null,
      verifiedAt === null ? 'Not yet seen in step.' : `Seen in step ${ago(verifiedAt, Date.now())}.`,
    ),
    evidence === 'pinned'
      ? actButton(acts, {
          name,
          label: 'Let evidence decide again',
          onClick: () =>
            acts.run(
              name,
              () => ask('unpin', { scene }),
              () => 'The scene is matched by evidence again.',
            ),
        })
      : null,
  );
}
