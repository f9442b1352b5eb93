import { adviceOf, FAILURE_POLICIES, type FailureClass } from '../../../core/failure.ts';
import type { SceneId } from '../../../core/ids.ts';
import type { Job } from '../../../core/job.ts';
import { type Subject, subjectName } from '../../../core/scene.ts';
import { plainWords } from './plainWords.ts';

export interface DeadGroup {
  readonly class: FailureClass;
  readonly title: string;
  readonly letters: readonly DeadLetter[];
}

export interface DeadLetter {
  readonly key: string;
  readonly name: string;
  readonly subject: Subject;
  /** Null: it is about a performer, a studio, a tag or all scenes. */
  readonly scene: SceneId | null;
  readonly message: string;
  readonly advice: string;
  readonly since: number;
  /** `choose`: a person can say which item it is; `nearest`: only what comes near can be shown. */
  readonly more: 'choose' | 'nearest' | null;
}

const MORE: { readonly [Class in FailureClass]?: DeadLetter['more'] } = {
  ambiguous: 'choose',
  contested: 'choose',
  'no-match': 'nearest',
};

/** What to do is the same for all of one kind; the kinds that a person can end at once come first. */
export function deadGroups(jobs: readonly Job[]): readonly DeadGroup[] {
  const groups = Map.groupBy(jobs, ({ failure }) => failure?.class ?? 'unexpected');
  return [...groups]
    .map(([kind, group]) => ({
      class: kind,
      title: FAILURE_POLICIES[kind].title,
      letters: group.map((job) => toLetter(job, kind)),
    }))
    .toSorted((a, b) => rank(a.class) - rank(b.class) || a.title.localeCompare(b.title));
}

const RANKS: readonly (DeadLetter['more'] | undefined)[] = ['choose', 'nearest', undefined];
const rank = (kind: FailureClass): number => RANKS.indexOf(MORE[kind]);

function toLetter({ subject, failure, stateSince }: Job, kind: FailureClass): DeadLetter {
  return {
    key: `${subject.kind} ${subject.id}`,
    name: subjectName(subject),
    subject,
    scene: subject.kind === 'scene' ? subject.id : null,
    message: failure?.message ?? '',
    advice: failure === null ? '' : plainWords(adviceOf(failure)),
    since: stateSince,
    more: subject.kind === 'scene' ? (MORE[kind] ?? null) : null,
  };
}
