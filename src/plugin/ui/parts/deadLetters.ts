import { ago } from '../../../core/words/timeInWords.ts';
import { type Acts, actButton, actsOutcome, useActs } from '../act.ts';
import { ask } from '../ask.ts';
import { h, use, useState } from '../element.ts';
import type { Child } from '../pluginApi.ts';
import { useAnswer } from '../useAnswer.ts';
import { type DeadGroup, type DeadLetter, deadGroups } from '../views/deadGroups.ts';
import { whenAnswered } from './asking.ts';
import { candidateList } from './candidateList.ts';
import { sceneLink } from './sceneLink.ts';

const SHOWN = 100;

/** @param props.changes raised when something was done that may have changed the list */
export function DeadLetters(props: { readonly changes: number; readonly onChange: () => void }): Child {
  const asked = useAnswer(() => ask('dead', { limit: SHOWN }), { on: [props.changes] });
  const acts = useActs(props.onChange);
  return h(
    'section',
    { className: 'card plexsync-card', 'aria-labelledby': 'plexsync-dead' },
    h('h2', { id: 'plexsync-dead' }, 'What needs you'),
    actsOutcome(acts),
    whenAnswered(asked, (jobs) =>
      jobs.length === 0
        ? h('p', null, 'Nothing does.')
        : h(
            'div',
            null,
            ...deadGroups(jobs).map((group) => groupPart(group, acts)),
            jobs.length < SHOWN ? null : h('p', null, `The newest ${SHOWN} are shown.`),
          ),
    ),
  );
}

function groupPart(group: DeadGroup, acts: Acts): Child {
  const { class: kind, title, letters } = group;
  const name = `retry ${kind}`;
  return h(
    'div',
    { key: kind },
    h('h3', null, `${title} (${letters.length})`),
    h(
      'div',
      { className: 'plexsync-buttons' },
      actButton(acts, {
        name,
        label: 'Try all again',
        about: title,
        onClick: () =>
          acts.run(
            name,
            () => ask('retry', { kind: 'class', class: kind }),
            ({ retried }) => `${retried} tried again.`,
          ),
      }),
    ),
    h(
      'ul',
      { className: 'plexsync-list' },
      ...letters.map((letter) => use(Letter, { key: letter.key, letter, acts })),
    ),
  );
}

function Letter({ letter, acts }: { readonly letter: DeadLetter; readonly acts: Acts }): Child {
  const [isOpen, setOpen] = useState(false);
  const { key, name, scene, subject, message, advice, since, more } = letter;
  const selection = { kind: 'subjects', subjects: [subject] } as const;
  return h(
    'li',
    null,
    h('div', null, scene === null ? name : sceneLink(scene, name), ` · ${ago(since, Date.now())}`),
    h('div', { className: 'plexsync-message' }, message),
    h('div', null, advice),
    h(
      'div',
      { className: 'plexsync-buttons' },
      more === null
        ? null
        : h(
            'button',
            {
              type: 'button',
              className: `btn btn-sm btn-${more === 'choose' ? 'primary' : 'secondary'}`,
              'aria-expanded': isOpen,
              'aria-label': `${MORE_LABELS[more]}: ${name}`,
              onClick: () => setOpen((before) => !before),
            },
            MORE_LABELS[more],
          ),
      actButton(acts, {
        name: `retry ${key}`,
        label: 'Try again',
        about: name,
        onClick: () =>
          acts.run(
            `retry ${key}`,
            () => ask('retry', selection),
            () => `${name} is tried again.`,
          ),
      }),
      actButton(acts, {
        name: `forget ${key}`,
        label: 'Forget',
        about: name,
        onClick: () =>
          acts.run(
            `forget ${key}`,
            () => ask('clearDead', selection),
            () => `${name} was taken off the list.`,
          ),
      }),
    ),
    isOpen && scene !== null ? use(Candidates, { scene, acts }) : null,
  );
}

const MORE_LABELS = { choose: 'Choose the item', nearest: 'What comes nearest' } as const;

function Candidates({
  scene,
  acts,
}: {
  readonly scene: NonNullable<DeadLetter['scene']>;
  readonly acts: Acts;
}): Child {
  const asked = useAnswer(() => ask('scene', { scene }), { on: [scene] });
  return whenAnswered(asked, (view) => candidateList(view, acts));
}
