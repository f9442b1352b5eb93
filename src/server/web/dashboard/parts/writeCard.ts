import { html } from 'hono/html';
import { type JournalEntry, writeName } from '../../../../core/journalEntry.ts';
import { WRITE_STATE_WORDS, WRITER_WORDS, whyWords } from '../../../../core/words/writeWords.ts';
import { UNDO_PATH } from '../pages/undoPage.ts';
import { changeTable } from './changeTable.ts';
import type { Html } from './html.ts';
import { pageAddress } from './pageAddress.ts';
import { sceneLink } from './sceneLink.ts';
import { timeMark } from './timeMark.ts';

const STATE_BADGES = { sent: 'doubtful', arrived: 'good', 'given-up': 'bad' } as const;

/** One write: what it changed and why, and the way to its undo. */
export const writeCard = (
  entry: JournalEntry,
): Html => html`<article class="card write" aria-labelledby="${writeName(entry.id)}">
  <header class="row">
    <h2 id="${writeName(entry.id)}">${writeName(entry.id)}</h2>
    <span>${timeMark(entry.at)}</span>
    <span>${sceneLink(entry.sceneId)} → item ${entry.item.ratingKey}</span>
    <span class="badge ${STATE_BADGES[entry.state]}">${WRITE_STATE_WORDS[entry.state]}</span>
    ${entry.source === null ? null : html`<span class="quiet">by ${WRITER_WORDS[entry.source]}</span>`}
    ${stillHolds(entry) ? html`<a class="button small end" href="${pageAddress(UNDO_PATH, { write: writeName(entry.id) })}">Undo <span class="sr">${writeName(entry.id)}</span></a>` : null}
  </header>
  ${changeTable(
    `What ${writeName(entry.id)} changed`,
    entry.changes.map((change) => ({ change, isShown: true, word: whyWords(entry, change) })),
  )}
</article>`;

const stillHolds = ({ changes, undone }: JournalEntry): boolean =>
  changes.some(({ field }) => !undone.some((each) => each.field === field));
