import { crashes } from './crashes/crashes.ts';
import { hostile } from './hostile/hostile.ts';
import type { CampaignPart } from './part.ts';

/** All parts, in the order in which they run. */
export const PARTS: readonly CampaignPart[] = [crashes, hostile];
