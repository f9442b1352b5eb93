import type { Context } from 'hono';
import { html } from 'hono/html';
import type { Dashboard } from '../dashboard.ts';
import type { Html } from '../parts/html.ts';
import type { SetupDraft } from './setupDraft.ts';

/** In their order; each one needs those before it. */
const STEPS = [
  { path: '/setup/plex', name: 'Plex', isDone: ({ plex }: SetupDraft) => plex !== null },
  { path: '/setup/libraries', name: 'Libraries', isDone: ({ libraries }: SetupDraft) => libraries !== null },
  { path: '/setup/stash', name: 'Stash', isDone: ({ stash }: SetupDraft) => stash !== null },
  { path: '/setup/files', name: 'Files', isDone: ({ files }: SetupDraft) => files?.state.kind === 'read' },
  { path: '/setup/save', name: 'First sync', isDone: () => false },
] as const;
export type StepPath = (typeof STEPS)[number]['path'];

/** The first step that is still to be done. */
export const nextStep = (draft: SetupDraft): StepPath =>
  STEPS.find(({ isDone }) => !isDone(draft))?.path ?? '/setup/save';

/** Whether all before it are done. */
export const mayEnter = (path: StepPath, draft: SetupDraft): boolean =>
  STEPS.slice(
    0,
    STEPS.findIndex((step) => step.path === path),
  ).every(({ isDone }) => isDone(draft));

interface Step {
  readonly path: StepPath;
  readonly draft: SetupDraft;
  readonly body: Html;
  /** Why the last try came to nothing. */
  readonly problem?: string | null;
  /** Asked for again so soon (s): something is going on. */
  readonly refreshS?: number;
}

export function showStep(
  context: Context,
  { show }: Dashboard,
  { path, draft, body, problem = null, refreshS }: Step,
): Promise<Response> {
  if (refreshS !== undefined) context.header('refresh', String(refreshS));
  return show(
    context,
    {
      title: 'Set-up',
      at: '/settings',
      isLive: false,
      body: html`<nav aria-label="Steps"><ol class="steps">${STEPS.map((step) => entry(step, path, draft))}</ol></nav>
${problem === null ? null : html`<p class="notice problem" role="alert">${problem}</p>`}
<section class="card stack">${body}</section>
<p class="quiet">Nothing is saved before the last step.</p>`,
    },
    problem === null ? 200 : 422,
  );
}

function entry(step: (typeof STEPS)[number], current: StepPath, draft: SetupDraft): Html {
  const isDone = step.isDone(draft);
  const words = html`${isDone ? html`<span class="good" aria-label="done">✓</span> ` : null}${step.name}`;
  if (step.path === current) return html`<li aria-current="step"><strong>${words}</strong></li>`;
  return html`<li>${mayEnter(step.path, draft) ? html`<a href="${step.path}">${words}</a>` : html`<span class="quiet">${words}</span>`}</li>`;
}
