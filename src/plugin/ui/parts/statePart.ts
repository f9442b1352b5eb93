import { type Acts, actButton, actsOutcome, useActs } from '../act.ts';
import { ask } from '../ask.ts';
import { h } from '../element.ts';
import type { Child } from '../pluginApi.ts';
import { useAnswer } from '../useAnswer.ts';
import { STATE_ACTS, type StateAct, stateView } from '../views/stateView.ts';
import { whenAnswered } from './asking.ts';
import { pageLink } from './sceneLink.ts';

const LOOK_EVERY_MS = 10_000;

/** How it goes, and the one thing to do about it. */
export function StatePart(props: { readonly changes: number; readonly onChange: () => void }): Child {
  const asked = useAnswer(() => ask('status'), { on: [props.changes], everyMs: LOOK_EVERY_MS });
  const acts = useActs(props.onChange);
  return h(
    'section',
    { className: 'card plexsync-card', 'aria-labelledby': 'plexsync-state' },
    whenAnswered(asked, (status) => {
      const view = stateView(status, Date.now());
      return h(
        'div',
        null,
        h('h2', { id: 'plexsync-state', className: `plexsync-${view.tone}` }, view.headline),
        view.next === null ? null : h('p', null, view.next),
        view.isNotSetUp ? h('p', null, pageLink('/settings?tab=plugins', 'Go to the settings')) : null,
        h(
          'div',
          { className: 'plexsync-buttons' },
          ...view.acts.map((act, nth) => stateButton(act, acts, nth)),
        ),
        actsOutcome(acts),
        h(
          'ul',
          { className: 'plexsync-counts' },
          ...view.counts.map(({ name, count }) =>
            h('li', { key: name }, h('strong', null, count.toLocaleString('en')), ' ', name),
          ),
        ),
        h(
          'details',
          null,
          h('summary', null, 'More about the state'),
          h(
            'dl',
            { className: 'plexsync-facts' },
            ...view.facts.flatMap(([name, words], nth) => [
              h('dt', { key: `name ${nth}` }, name),
              h('dd', { key: `words ${nth}` }, words),
            ]),
          ),
        ),
      );
    }),
  );
}

function stateButton(act: StateAct, acts: Acts, nth: number): Child {
  const { label, done } = STATE_ACTS[act];
  return actButton(acts, {
    name: act,
    label,
    style: nth === 0 ? 'primary' : 'secondary',
    onClick: () =>
      acts.run<unknown>(
        act,
        () => ask(act),
        () => done,
      ),
  });
}
