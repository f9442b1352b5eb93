import type { SceneId } from '../../../core/ids.ts';
import { failureWords } from '../../../core/words/failureWords.ts';
import type { PlannedScene } from '../../../engine/operations.ts';
import { ask } from '../ask.ts';
import { h } from '../element.ts';
import type { Child } from '../pluginApi.ts';
import { useAnswer } from '../useAnswer.ts';
import { plainWords } from '../views/plainWords.ts';
import { type PlanRow, planRows } from '../views/planRows.ts';
import { whenAnswered } from './asking.ts';

/** What would be written now, field by field, and why. */
export function PlanPart({ scene, changes }: { readonly scene: SceneId; readonly changes: number }): Child {
  const asked = useAnswer(() => ask('plan', [scene]), { on: [scene, changes] });
  return h(
    'section',
    { 'aria-labelledby': 'plexsync-plan' },
    h('h3', { id: 'plexsync-plan' }, 'Plan'),
    whenAnswered(asked, ([planned]) => (planned === undefined ? null : planOf(planned))),
  );
}

function planOf({ items, failure, leftOut }: PlannedScene): Child {
  if (failure !== null) return h('p', null, plainWords(failureWords(failure)));
  if (leftOut !== null) return h('p', null, `Not carried: ${leftOut}.`);
  return items.map((item) => {
    const rows = planRows(item);
    return h(
      'div',
      { key: item.item.ratingKey },
      rows.some(({ isWritten }) => isWritten)
        ? null
        : h(
            'p',
            null,
            rows.length === 0 ? 'Nothing to write: Plex shows what Stash says.' : 'Nothing to write.',
          ),
      ...item.warnings.map((warning) => h('p', { key: warning }, warning)),
      rows.length === 0 ? null : planTable(item.itemTitle, rows),
    );
  });
}

const COLUMNS = ['Field', 'In Plex now', 'Will be', 'Why'];

/** A region that scrolls has to be reached by the keyboard, too. */
const planTable = (itemTitle: string, rows: readonly PlanRow[]): Child =>
  h(
    'div',
    { className: 'plexsync-scroll', tabIndex: 0, role: 'region', 'aria-label': `Plan for ${itemTitle}` },
    h(
      'table',
      { className: 'plexsync-table' },
      h('thead', null, h('tr', null, ...COLUMNS.map((name) => h('th', { key: name, scope: 'col' }, name)))),
      h(
        'tbody',
        null,
        ...rows.map(({ field, from, to, why, isWritten }) =>
          h(
            'tr',
            { key: field, className: isWritten ? 'plexsync-written' : undefined },
            h('th', { scope: 'row' }, field),
            h('td', null, from),
            h('td', null, isWritten ? to : 'stays'),
            h('td', null, why),
          ),
        ),
      ),
    ),
  );
