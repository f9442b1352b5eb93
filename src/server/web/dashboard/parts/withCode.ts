import { html } from 'hono/html';
import { visibleText } from '../../../../core/visibleText.ts';
import type { Html } from './html.ts';

/** Words that name commands between backticks, as on a terminal. */
export const withCode = (words: string): Html =>
  html`${visibleText(words)
    .split('`')
    .map((part, index) => (index % 2 === 0 ? part : html`<code>${part}</code>`))}`;
