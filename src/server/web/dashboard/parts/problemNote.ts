import { html } from 'hono/html';
import type { Failure } from '../../../../core/failure.ts';
import { visibleText } from '../../../../core/visibleText.ts';
import { failureWords } from '../../../../core/words/failureWords.ts';
import type { Html } from './html.ts';

/** In place of what could not be read: what was tried, and what to do. */
export const problemNote = (failure: Failure): Html =>
  html`<p class="notice problem" role="alert">${visibleText(failureWords(failure))}</p>`;
