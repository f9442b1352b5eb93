import { html } from 'hono/html';
import type { Html } from './html.ts';

/** Names and what is to be said of each. */
export const factList = (facts: readonly (readonly [name: string, words: string | Html])[]): Html =>
  html`<dl class="facts">${facts.map(([name, words]) => html`<div><dt>${name}</dt><dd>${words}</dd></div>`)}</dl>`;
