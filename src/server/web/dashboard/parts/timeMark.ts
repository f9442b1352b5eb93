import { html } from 'hono/html';
import { ago } from '../../../../core/words/timeInWords.ts';
import type { Html } from './html.ts';

/** `3 minutes ago`, with the time itself for whoever points at it. */
export const agoMark = (at: number, now: number): Html =>
  html`<time datetime="${iso(at)}">${ago(at, now)}</time>`;

/** The browser puts its own clock's time in place of UTC's. */
export const timeMark = (at: number): Html =>
  html`<time datetime="${iso(at)}" data-local>${iso(at).slice(0, 16).replace('T', ' ')} UTC</time>`;

const iso = (at: number): string => new Date(at).toISOString();
