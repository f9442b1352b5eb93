import type { CampaignPart, PartOptions } from './part.ts';
import { randomOf } from './random.ts';
import type { RanPart } from './report.ts';

/** So begins what is said of a part that threw: a bug of the part as well as one that it found. */
export const ENDED_EARLY = 'it ended before its end: ';

/** An error is a break like any other: no part may end the campaign. */
export async function runPart(
  part: CampaignPart,
  chosen: Pick<PartOptions, 'seed' | 'length' | 'minutes'>,
): Promise<RanPart> {
  console.log(`\n${part.name}: ${part.words}`);
  const startedAt = performance.now();
  const tell = (words: string): void => {
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1).padStart(7);
    console.log(`${seconds} s  ${words}`);
  };
  const ended = async () => {
    try {
      return await part.run({ ...chosen, random: randomOf(chosen.seed, part.name), tell });
    } catch (error) {
      const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
      return { figures: {}, broken: [ENDED_EARLY + words] };
    }
  };
  const report = await ended();
  return {
    name: part.name,
    seconds: Math.round((performance.now() - startedAt) / 100) / 10,
    figures: report.figures,
    broken: report.broken,
    skipped: report.skipped ?? [],
    ...(report.series === undefined ? {} : { series: report.series }),
  };
}
