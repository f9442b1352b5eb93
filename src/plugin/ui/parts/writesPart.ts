import { actsOutcome, useActs } from '../act.ts';
import { ask } from '../ask.ts';
import { h } from '../element.ts';
import type { Child } from '../pluginApi.ts';
import { useAnswer } from '../useAnswer.ts';
import { whenAnswered } from './asking.ts';
import { writeList } from './writeList.ts';

const SHOWN = 20;

/** The newest writes of all scenes. */
export function WritesPart(props: { readonly changes: number; readonly onChange: () => void }): Child {
  const asked = useAnswer(() => ask('history', { limit: SHOWN }), { on: [props.changes] });
  const acts = useActs(props.onChange);
  return h(
    'section',
    { className: 'card plexsync-card', 'aria-labelledby': 'plexsync-writes' },
    h('h2', { id: 'plexsync-writes' }, 'Written lately'),
    actsOutcome(acts),
    whenAnswered(asked, (writes) => writeList(writes, { acts, namesScenes: true })),
  );
}
