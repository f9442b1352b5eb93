import type { CampaignPart } from '../part.ts';

export const crashes: CampaignPart = {
  name: 'crashes',
  words: 'kills of daemon, hook and command line, lost ends of files, and data folders that misbehave',
  run: async () => ({ figures: {}, broken: [] }),
};
