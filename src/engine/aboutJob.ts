import { type Subject, subjectName } from '../core/scene.ts';
import type { LogFields } from '../log/cleanFields.ts';

/** What every line of the log about a job bears, so that its story can be searched for: by job, or by scene. */
export const aboutJob = (subject: Subject): LogFields => ({
  job: subjectName(subject),
  ...(subject.kind === 'scene' ? { scene: subject.id } : {}),
});
