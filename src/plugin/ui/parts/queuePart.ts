import { TRIGGER_SOURCES } from '../../../core/job.ts';
import { subjectName } from '../../../core/scene.ts';
import { dueIn } from '../../../core/words/timeInWords.ts';
import { ask } from '../ask.ts';
import { h } from '../element.ts';
import type { Child } from '../pluginApi.ts';
import { useAnswer } from '../useAnswer.ts';
import { whenAnswered } from './asking.ts';
import { sceneLink } from './sceneLink.ts';

const SHOWN = 25;

/** What is looked at next, and what waits for Plex. */
export function QueuePart(props: { readonly changes: number }): Child {
  const states = ['running', 'pending', 'waiting'] as const;
  const asked = useAnswer(() => ask('queue', { states, limit: SHOWN }), { on: [props.changes] });
  return h(
    'section',
    { className: 'card plexsync-card', 'aria-labelledby': 'plexsync-queue' },
    h('h2', { id: 'plexsync-queue' }, 'Queue'),
    whenAnswered(asked, (jobs) =>
      jobs.length === 0
        ? h('p', null, 'Nothing is to be looked at.')
        : h(
            'ul',
            { className: 'plexsync-list' },
            ...jobs.map(({ subject, state, source, dueAt, failure }) =>
              h(
                'li',
                { key: `${subject.kind} ${subject.id}` },
                subject.kind === 'scene' ? sceneLink(subject.id, subjectName(subject)) : subjectName(subject),
                ` · ${state === 'running' ? 'now' : dueIn(dueAt, Date.now())} · ${TRIGGER_SOURCES[source].words}`,
                failure === null ? null : h('div', { className: 'plexsync-message' }, failure.message),
              ),
            ),
          ),
    ),
  );
}
