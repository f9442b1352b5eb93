import { type JournalEntry, writeName } from '../../../core/journalEntry.ts';
import { REASONS } from '../../../core/planning/plan.ts';
import { ago } from '../../../core/words/timeInWords.ts';
import { type Acts, actButton } from '../act.ts';
import { ask } from '../ask.ts';
import { h, use, useState } from '../element.ts';
import type { Child } from '../pluginApi.ts';
import { writtenWords } from '../views/writtenWords.ts';
import { sceneLink } from './sceneLink.ts';

/** Writes with before and after, each of which can be taken back. */
export const writeList = (
  writes: readonly JournalEntry[],
  { acts, namesScenes }: { readonly acts: Acts; readonly namesScenes: boolean },
): Child =>
  writes.length === 0
    ? h('p', null, 'Nothing was written yet.')
    : h(
        'ul',
        { className: 'plexsync-list' },
        ...writes.map((entry) => use(Write, { key: entry.id, entry, acts, namesScenes })),
      );

const STATES: { readonly [State in JournalEntry['state']]: string } = {
  arrived: '',
  sent: ' · not proven yet',
  'given-up': ' · not kept by Plex',
};

function Write(props: {
  readonly entry: JournalEntry;
  readonly acts: Acts;
  readonly namesScenes: boolean;
}): Child {
  const { entry, acts, namesScenes } = props;
  const [isSure, setSure] = useState(false);
  const name = writeName(entry.id);
  const about = `${name} of scene ${entry.sceneId}`;
  const isUndone = entry.changes.every(({ field }) => entry.undone.some((each) => each.field === field));
  const undo = (): void => {
    setSure(false);
    acts.run(
      name,
      () => ask('undo', { selection: { kind: 'writes', writes: [entry.id] }, isForced: false }),
      () => `${name} is being undone. Scene ${entry.sceneId} is held until you release it.`,
    );
  };
  return h(
    'li',
    null,
    h(
      'div',
      null,
      h('strong', null, name),
      namesScenes ? ' · ' : null,
      namesScenes ? sceneLink(entry.sceneId, `scene ${entry.sceneId}`) : null,
      ` · ${ago(entry.at, Date.now())}${STATES[entry.state]}${isUndone ? ' · undone' : ''}`,
    ),
    ...entry.changes.map((change) =>
      h(
        'div',
        { key: change.field, className: 'plexsync-change' },
        h('strong', null, change.field),
        ` ${writtenWords(change)} (${REASONS[change.reason]})`,
      ),
    ),
    isUndone || entry.state === 'given-up'
      ? null
      : h(
          'div',
          { className: 'plexsync-buttons' },
          isSure
            ? h('span', null, 'Puts back what was there before, and holds the scene until you release it. ')
            : null,
          isSure
            ? actButton(acts, { name, label: 'Undo now', about, style: 'danger', onClick: undo })
            : actButton(acts, { name, label: 'Undo', about, onClick: () => setSure(true) }),
          isSure
            ? actButton(acts, {
                name: `keep ${name}`,
                label: 'Keep it',
                about,
                onClick: () => setSure(false),
              })
            : null,
        ),
  );
}
