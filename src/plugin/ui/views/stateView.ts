import { hindranceWords } from '../../../core/hindrance.ts';
import { tallyWords } from '../../../core/planning/tally.ts';
import { counted } from '../../../core/quantityInWords.ts';
import type { Operations, Status } from '../../../engine/operations.ts';
import { reconcileWords } from '../../../engine/words/reconcileWords.ts';
import { libraryWords, peerWords, supportWords, writingWords } from '../../../engine/words/statusWords.ts';
import { plainWords } from './plainWords.ts';

/** What a button of the state may do. */
export type StateAct = Extract<
  keyof Operations,
  | 'resume'
  | 'adoptServer'
  | 'runFirstSync'
  | 'reconcile'
  | 'cancelReconcile'
  | 'pauseReconcile'
  | 'resumeReconcile'
>;

export interface StateView {
  readonly tone: 'good' | 'busy' | 'bad';
  readonly headline: string;
  /** What to do next, in sentences; null: nothing. */
  readonly next: string | null;
  /** The one thing that helps now, first. */
  readonly acts: readonly StateAct[];
  readonly isNotSetUp: boolean;
  readonly counts: readonly { readonly name: string; readonly count: number }[];
  readonly facts: readonly (readonly [name: string, words: string])[];
}

export function stateView(status: Status, now: number): StateView {
  const { queue, reconcile } = status;
  const headline = headlineOf(status);
  return {
    ...headline,
    next: headline.next === null ? null : plainWords(headline.next),
    isNotSetUp: status.setup !== null,
    counts: [
      { name: 'linked', count: status.links },
      { name: 'to look at', count: queue.pending + queue.running },
      { name: 'waiting for Plex', count: queue.waiting },
      { name: 'need you', count: queue.dead },
    ],
    facts: [
      ...status.warnings.map((words) => ['Warning', words] as const),
      ['Writing', writingWords(status)],
      ['Plex', peerWords('plex', status, now)],
      ['Stash', peerWords('stash', status, now)],
      ...status.index.map((section) => ['Library', libraryWords(section, now)] as const),
      ...status.pathMaps.map(
        ({ from, to, support }) => ['Path map', `${from} → ${to}${supportWords(support)}`] as const,
      ),
      ['Comparison', plainWords(reconcileWords(reconcile, now))],
      ...(status.held === 0 ? [] : [['Held', counted(status.held, 'scene')] as const]),
      ...(status.openUndos === 0
        ? []
        : [['Undo', `${counted(status.openUndos, 'write')} still to be undone`] as const]),
      ['Version', status.version],
    ],
  };
}

type Headline = Pick<StateView, 'tone' | 'headline' | 'next' | 'acts'>;

/** What weighs most comes first: while PlexSync is stopped nobody cares for the rest. */
function headlineOf(status: Status): Headline {
  const { setup, stop, enabled, dryRun, firstSync, queue, reconcile } = status;
  const comparison = comparisonActs(reconcile);
  if (setup !== null) {
    return { tone: 'bad', headline: 'PlexSync is not set up', next: setup.problems.join(' '), acts: [] };
  }
  if (stop !== null) {
    const acts: readonly StateAct[] = stop.kind === 'server-changed' ? ['adoptServer'] : ['resume'];
    return { tone: 'bad', headline: `Stopped: ${stop.reason}`, next: stop.advice, acts };
  }
  const hindrance = hindranceWords(status);
  if (hindrance !== null) {
    return { tone: 'bad', headline: 'Work waits', next: hindrance, acts: comparison };
  }
  if (!enabled) {
    const next = 'Switch on “Enabled” in the settings: everything is compared then.';
    return { tone: 'bad', headline: 'PlexSync is switched off', next, acts: [] };
  }
  if (firstSync !== null && firstSync.report !== null) {
    return {
      tone: 'busy',
      headline: 'The first sync waits for your word',
      next: `${tallyWords(firstSync.report.tally)}. Nothing of it was written yet.`,
      acts: ['runFirstSync', ...comparison],
    };
  }
  if (queue.dead > 0) {
    const words = queue.dead === 1 ? '1 scene needs you' : `${queue.dead} scenes need you`;
    return { tone: 'bad', headline: words, next: 'What to do stands below.', acts: comparison };
  }
  const toDo = queue.pending + queue.running;
  if (toDo > 0) {
    return { tone: 'busy', headline: `Looking at ${counted(toDo, 'scene')}`, next: null, acts: comparison };
  }
  if (firstSync !== null) {
    const next = 'Compare everything once: that writes nothing, and says what would change.';
    return { tone: 'busy', headline: 'Ready for the first sync', next, acts: comparison };
  }
  const headline = dryRun ? 'In step, in a dry run' : 'Everything known is in step';
  return { tone: 'good', headline, next: null, acts: comparison };
}

function comparisonActs({ running, rest }: Status['reconcile']): readonly StateAct[] {
  if (rest?.kind === 'paused')
    return running === null ? ['resumeReconcile'] : ['resumeReconcile', 'cancelReconcile'];
  return running === null ? ['reconcile', 'pauseReconcile'] : ['pauseReconcile', 'cancelReconcile'];
}

/** The names of buttons, and what is said when they were pressed. */
export const STATE_ACTS: { readonly [Act in StateAct]: { readonly label: string; readonly done: string } } = {
  resume: { label: 'It was meant: go on', done: 'PlexSync goes on.' },
  adoptServer: { label: 'This is my new server', done: 'The new server is used from now on.' },
  runFirstSync: { label: 'Run the first sync', done: 'Everything is compared and written.' },
  reconcile: { label: 'Compare everything', done: 'Plex is listed anew, then everything is compared.' },
  cancelReconcile: { label: 'End the comparison', done: 'The comparison was ended.' },
  pauseReconcile: { label: 'Pause comparisons', done: 'Comparisons rest. Edits are written all the same.' },
  resumeReconcile: { label: 'Resume comparisons', done: 'Comparisons go on.' },
};
