import type { SettingFacts } from './table.ts';

/** Which scenes are carried at all: the rows of the table of settings about that. */
export const SCOPE_SETTINGS = {
  only_organized: {
    kind: 'boolean',
    label: 'Only organized scenes',
    default: false,
    words: 'Carry only scenes that are marked as organized.',
  },
  only_paths: {
    kind: 'list',
    label: 'Only paths',
    default: [],
    words: 'Folders, as Stash sees them: only scenes with a file in one of them are carried.',
    example: '/data/scenes',
  },
  skip_paths: {
    kind: 'list',
    label: 'Skip paths',
    default: [],
    words: 'Folders, as Stash sees them: scenes whose files all lie there are not carried.',
  },
  only_tags: {
    kind: 'list',
    label: 'Only tags',
    default: [],
    words: 'Names of tags: only scenes with one of them are carried.',
  },
  skip_tags: {
    kind: 'list',
    label: 'Skip tags',
    default: [],
    words: 'Names of tags: scenes with one of them are not carried.',
  },
  only_studios: {
    kind: 'list',
    label: 'Only studios',
    default: [],
    words: 'Names of studios: only their scenes, and those of studios below them, are carried.',
  },
  skip_studios: {
    kind: 'list',
    label: 'Skip studios',
    default: [],
    words: 'Names of studios: their scenes, and those of studios below them, are not carried.',
  },
} as const satisfies Record<string, SettingFacts>;
