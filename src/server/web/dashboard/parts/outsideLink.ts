import { html } from 'hono/html';
import type { Html } from './html.ts';

/** Leads elsewhere, in a tab of its own, and tells nobody there where it came from. Null where it is not known. */
export const outsideLink = (address: string | null, words: string | Html): Html | null =>
  address === null
    ? null
    : html`<a href="${address}" target="_blank" rel="noreferrer">${words}<span class="sr"> (in a new tab)</span></a>`;
