import { counted } from '../../core/quantityInWords.ts';
import { comparisonWords } from '../../core/words/comparisonWords.ts';
import type { Operations } from '../operations.ts';

/** What came of a person's word that work goes on; a sentence each. */
export function resumedWords({
  wasStopped,
  destroyedAccepted,
}: Awaited<ReturnType<Operations['resume']>>): readonly string[] {
  const said = [
    ...(wasStopped ? ['The stop is lifted; work goes on.'] : []),
    ...(destroyedAccepted > 0
      ? [
          `${counted(destroyedAccepted, 'destroyed scene')} will be forgotten after 30 days; Plex keeps their values.`,
        ]
      : []),
  ];
  return said.length === 0 ? ['Nothing was stopped.'] : said;
}

export const adoptedWords = ({ machineIdentifier }: { readonly machineIdentifier: string }): string =>
  `Plex server ${machineIdentifier} is the one from now on.`;

export const FIRST_SYNC_ACCEPTED =
  'The first sync is accepted: comparisons of everything write what differs.';

export const firstSyncWords = (counts: { readonly scenes: number | null }): string =>
  `The first sync is accepted: ${comparisonWords(counts)} is queued`;

export const reconcileQueuedWords = (counts: { readonly scenes: number | null }): string =>
  `A new listing of Plex’s libraries and ${comparisonWords(counts)} are queued`;

export const cancelledWords = ({ wasRunning }: { readonly wasRunning: boolean }): string =>
  wasRunning
    ? 'The comparison was cancelled; what it had queued stays queued.'
    : 'No comparison is under way.';

export const pausedWords = ({ wasPaused }: { readonly wasPaused: boolean }): string =>
  wasPaused
    ? 'Comparisons were paused already.'
    : 'Comparisons are paused, and so is what they have queued; single edits go on.';

export const unpausedWords = ({ wasPaused }: { readonly wasPaused: boolean }): string =>
  wasPaused ? 'Comparisons go on.' : 'Comparisons were not paused.';
