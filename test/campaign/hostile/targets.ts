import type { Target } from './target.ts';
import { OPERATION_TARGETS } from './targets/operations.ts';
import { PLANNING_TARGETS } from './targets/planning.ts';
import { PLEX_ANSWER_TARGETS } from './targets/plexAnswers.ts';
import { SETTING_TARGETS } from './targets/settings.ts';
import { STASH_ANSWER_TARGETS } from './targets/stashAnswers.ts';
import { STASH_INPUT_TARGETS } from './targets/stashInput.ts';
import { STORED_TARGETS } from './targets/storedInput.ts';
import { TEXT_TARGETS } from './targets/texts.ts';
import { WIRE_TARGETS } from './targets/wire.ts';

/** Every place where bytes from outside come in. */
export const TARGETS: readonly Target[] = [
  ...STASH_INPUT_TARGETS,
  ...STASH_ANSWER_TARGETS,
  ...PLEX_ANSWER_TARGETS,
  ...PLANNING_TARGETS,
  ...SETTING_TARGETS,
  ...TEXT_TARGETS,
  ...OPERATION_TARGETS,
  ...STORED_TARGETS,
  ...WIRE_TARGETS,
];
