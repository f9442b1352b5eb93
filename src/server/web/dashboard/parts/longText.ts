import { html } from 'hono/html';
import type { Html } from './html.ts';

/** What fits in a cell without pushing everything else away. */
const SHOWN = 160;

/** The beginning of it, and the rest for whoever opens it. */
export function longText(text: string): Html {
  if (text.length <= SHOWN * 1.25) return html`${text}`;
  // Not between the halves of a character.
  const beginning = Array.from(text.slice(0, SHOWN)).slice(0, -1).join('');
  return html`<details class="long"><summary>${beginning}…</summary>${text}</details>`;
}
