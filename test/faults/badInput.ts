import type { BadInputArea } from './badInput/badInputCase.ts';
import { databaseCases } from './badInput/databaseCases.ts';
import { hookCases } from './badInput/hookCases.ts';
import { plexCases } from './badInput/plexCases.ts';
import { sceneCases } from './badInput/sceneCases.ts';
import { settingsCases } from './badInput/settingsCases.ts';
import { stashCases } from './badInput/stashCases.ts';

/** What PlexSync makes of bad input, area by area: run as tests, and shown in docs/bad-input.md. */
export const BAD_INPUT: readonly BadInputArea[] = [
  hookCases,
  databaseCases,
  stashCases,
  plexCases,
  sceneCases,
  settingsCases,
];
