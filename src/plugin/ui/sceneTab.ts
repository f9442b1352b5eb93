import { HELD_BY } from '../../core/hold.ts';
import { type SceneId, sceneId } from '../../core/ids.ts';
import { ago } from '../../core/words/timeInWords.ts';
import type { SceneView } from '../../engine/sceneView.ts';
import { type Acts, actButton, actsOutcome, useActs } from './act.ts';
import { ask } from './ask.ts';
import { h, use, useState } from './element.ts';
import { whenAnswered } from './parts/asking.ts';
import { candidateList } from './parts/candidateList.ts';
import { linkList } from './parts/linkList.ts';
import { PlanPart } from './parts/planPart.ts';
import { writeList } from './parts/writeList.ts';
import { type Child, pluginApi, type WithChildren } from './pluginApi.ts';
import { useAnswer } from './useAnswer.ts';

const EVENT_KEY = 'plexsync-panel';

export const sceneTab = (): Child => {
  const { Nav } = pluginApi().libraries.Bootstrap;
  return h(Nav.Item, { key: EVENT_KEY }, h(Nav.Link, { eventKey: EVENT_KEY }, 'PlexSync'));
};

/** Nothing is asked before the tab is opened. */
export const sceneTabContent = ({ scene }: WithChildren): Child =>
  scene === undefined
    ? null
    : h(
        pluginApi().libraries.Bootstrap.Tab.Pane,
        { key: EVENT_KEY, eventKey: EVENT_KEY, mountOnEnter: true, unmountOnExit: true },
        use(ScenePart, { scene: sceneId(scene.id) }),
      );

/** All about one scene, and what can be done with it. */
function ScenePart({ scene }: { readonly scene: SceneId }): Child {
  const [changes, setChanges] = useState(0);
  const asked = useAnswer(() => ask('scene', { scene }), { on: [scene, changes] });
  const acts = useActs(() => setChanges((before) => before + 1));
  return h(
    'div',
    { className: 'plexsync-scene' },
    actsOutcome(acts),
    whenAnswered(asked, (view) =>
      h(
        'div',
        null,
        sceneButtons(view, acts),
        standing(view),
        view.candidates.length > 0 ? candidateList(view, acts) : null,
        h('h3', null, 'In Plex'),
        linkList(view, acts),
        h('h3', null, 'Written lately'),
        writeList(view.writes, { acts, namesScenes: false }),
      ),
    ),
    use(PlanPart, { scene, changes }),
  );
}

/** Why nothing is written, if so. */
function standing({ hold, leftOut, job }: SceneView): Child {
  const held =
    hold === null
      ? []
      : [
          `Held ${ago(hold.at, Date.now())} by ${HELD_BY[hold.by]}${hold.reason === '' ? '' : ` (${hold.reason})`}: nothing is written until it is released.`,
        ];
  const out = leftOut === null ? [] : [`Not carried: ${leftOut}.`];
  const queued = job === null ? [] : [job.failure?.message ?? 'It is to be looked at.'];
  const className = job?.state === 'dead' ? 'plexsync-problem' : undefined;
  return [
    ...[...held, ...out].map((words) => h('p', { key: words }, words)),
    ...queued.map((words) => h('p', { key: words, className }, words)),
  ];
}

function sceneButtons({ sceneId: scene, hold }: SceneView, acts: Acts): Child {
  const scenes = [scene];
  return h(
    'div',
    { className: 'plexsync-buttons' },
    actButton(acts, {
      name: 'sync',
      label: 'Sync now',
      style: 'primary',
      onClick: () =>
        acts.run(
          'sync',
          () => ask('sync', { kind: 'scenes', scenes }),
          () => 'The scene is looked at now.',
        ),
    }),
    hold === null
      ? actButton(acts, {
          name: 'hold',
          label: 'Hold',
          onClick: () =>
            acts.run(
              'hold',
              () => ask('hold', { scenes, reason: 'held on Stash’s page' }),
              () => 'Nothing is written for it until you release it.',
            ),
        })
      : actButton(acts, {
          name: 'release',
          label: 'Release',
          onClick: () =>
            acts.run(
              'release',
              () => ask('release', { kind: 'scenes', scenes }),
              () => 'It is looked at now, and written again.',
            ),
        }),
  );
}
