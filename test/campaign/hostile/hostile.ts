import { availableParallelism } from 'node:os';
import type { CampaignPart, Length, PartOptions } from '../part.ts';
import { type FeedAnswer, FeedingThread } from './feedingThread.ts';
import type { Target } from './target.ts';
import { TARGETS } from './targets.ts';

/** By weight: a target that needs sockets or files gets fewer. */
const INPUTS_A_WEIGHT = { short: 100, long: 5_500 } as const satisfies Record<Length, number>;
/** Anew for each so many inputs, so that one that is broken is seen early, and its seed is enough to see it again. */
const INPUTS_A_ROUND = 5_000;

/** Whatever comes in from outside, made to do harm. */
export const hostile: CampaignPart = {
  name: 'hostile',
  words:
    'input of every kind is changed, cut, repeated, nested and replaced: nothing throws, hangs, grows or leaks',
  async run(options: PartOptions) {
    const queue = [...TARGETS];
    const fed: FeedAnswer[] = [];
    const work = async (): Promise<void> => {
      const thread = new FeedingThread();
      for (let target = queue.shift(); target !== undefined; target = queue.shift()) {
        fed.push(...(await feedInRounds(target, thread, options)));
      }
      await thread.end();
    };
    await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, work));
    const most = (figure: 'slowestMs' | 'growthMiB'): number => Math.max(...fed.map((each) => each[figure]));
    return {
      figures: {
        targets: TARGETS.length,
        inputs: fed.reduce((sum, { inputs }) => sum + inputs, 0),
        'slowest input (ms)': most('slowestMs'),
        'most growth (MiB)': most('growthMiB'),
      },
      broken: fed.flatMap(({ broken }) => broken),
    };
  },
};

/** Until its share is fed, or something breaks. */
async function feedInRounds(
  target: Target,
  thread: FeedingThread,
  { random, length, tell }: PartOptions,
): Promise<readonly FeedAnswer[]> {
  const startedAt = performance.now();
  const fed: FeedAnswer[] = [];
  for (let left = target.weight * INPUTS_A_WEIGHT[length]; left > 0; left -= INPUTS_A_ROUND) {
    const seed = random
      .named(target.name)
      .named(String(left))
      .integer(0, 2 ** 31 - 1);
    const answer = await thread.feed({ target: target.name, seed, inputs: Math.min(left, INPUTS_A_ROUND) });
    fed.push(answer);
    if (answer.broken.length > 0) break;
  }
  const inputs = fed.reduce((sum, each) => sum + each.inputs, 0);
  const seconds = (performance.now() - startedAt) / 1_000;
  tell(`${target.name}: ${inputs} inputs, ${Math.round(inputs / seconds)} a second`);
  return fed;
}
