import { html } from 'hono/html';
import { FAILURE_POLICIES, type FailureClass } from '../../../../core/failure.ts';
import type { Hold } from '../../../../core/hold.ts';
import type { JobState } from '../../../../core/job.ts';
import { counted } from '../../../../core/quantityInWords.ts';
import type { Html } from './html.ts';

export interface SceneStanding {
  readonly links: number;
  readonly job: { readonly state: JobState; readonly class: FailureClass | null } | null;
  readonly hold: Hold | null;
  readonly leftOut: string | null;
}

/** How a scene stands, in a word each: several may hold at once. */
export function sceneStates({ links, job, hold, leftOut }: SceneStanding): Html {
  const states = [
    ...(job === null ? [] : [jobState(job)]),
    ...(hold === null ? [] : [state('doubtful', 'held')]),
    ...(leftOut === null ? [] : [state('', 'left out')]),
    ...(links > 0 ? [state('good', links === 1 ? 'linked' : `linked to ${counted(links, 'item')}`)] : []),
  ];
  return html`<span class="row states">${states.length === 0 ? state('', 'not linked') : states}</span>`;
}

function jobState({ state: name, class: kind }: NonNullable<SceneStanding['job']>): Html {
  const title = kind === null ? '' : FAILURE_POLICIES[kind].title;
  switch (name) {
    case 'dead':
      return state('bad', `dead letter${title === '' ? '' : `: ${title}`}`);
    case 'waiting':
      return state('doubtful', `waiting${title === '' ? '' : `: ${title}`}`);
    default:
      return state('', name);
  }
}

const state = (kind: '' | 'good' | 'doubtful' | 'bad', words: string): Html =>
  html`<span class="badge ${kind}">${words}</span>`;
