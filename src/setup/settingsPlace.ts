import type { Answers } from '../core/firstRun/withAnswers.ts';
import type { Result } from '../core/result.ts';
import type { Resolutions } from '../core/settings/resolve.ts';

/** Where the settings of a running PlexSync are kept, for pages that show and change them. */
export type SettingsPlace = SettingsInFile | SettingsElsewhere;

export interface SettingsInFile {
  readonly kind: 'file';
  readonly path: string;
  /** As they are now, or would be with these answers in the file. What stands in the environment wins all the same. */
  read(answers?: Answers): Promise<Result<Resolutions, string>>;
  save(answers: Answers): Promise<Result<void, string>>;
  /** PlexSync goes on with what was saved, once the present request is answered. */
  goOnWithSaved(): void;
}

/** In Stash, whose page changes them. */
export interface SettingsElsewhere {
  readonly kind: 'stash';
  read(): Promise<Result<Resolutions, string>>;
}
