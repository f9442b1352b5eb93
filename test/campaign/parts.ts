import { crashes } from './crashes/crashes.ts';
import { hostile } from './hostile/hostile.ts';
import { load } from './load/load.ts';
import { network } from './network/network.ts';
import type { CampaignPart } from './part.ts';
import { soak } from './soak/soak.ts';

/** All parts, in the order in which they run. */
export const PARTS: readonly CampaignPart[] = [crashes, network, load, hostile, soak];
