import { html } from 'hono/html';
import { hiddenFields } from './confirmForm.ts';
import type { Html } from './html.ts';

export interface PostButton {
  readonly action: string;
  readonly words: string;
  /** What the words alone leave open, for who does not see what stands around. */
  readonly about?: string;
  readonly fields?: Readonly<Record<string, string>>;
  readonly kind?: 'primary' | 'danger';
}

/** One button that does something, and comes back to where it was pressed. */
export const postButton = ({ action, words, about, fields = {}, kind }: PostButton): Html =>
  html`<form method="post" action="${action}">${hiddenFields(fields)}<button class="small ${kind ?? ''}">${words}${
    about === undefined ? null : html`<span class="sr"> ${about}</span>`
  }</button></form>`;
