import { html } from 'hono/html';
import type { Html } from './html.ts';

export interface Question {
  /** Posted to. */
  readonly action: string;
  readonly fields?: Readonly<Record<string, string>>;
  readonly yes: string;
  /** Where whoever thinks better of it goes. */
  readonly back: string;
  readonly no?: string;
}

/** The second step of what cannot be taken back at once. */
export const confirmForm = ({ action, fields = {}, yes, back, no = 'Leave it' }: Question): Html =>
  html`<form method="post" action="${action}" class="row">
  ${hiddenFields(fields)}
  <button class="danger">${yes}</button>
  <a class="button" href="${back}">${no}</a>
</form>`;

export const hiddenFields = (fields: Readonly<Record<string, string>>): readonly Html[] =>
  Object.entries(fields).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
  );
