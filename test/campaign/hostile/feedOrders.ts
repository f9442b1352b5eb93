import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { parentPort, workerData } from 'node:worker_threads';
import { CurrentInput, type FeedAnswer, type FeedOrder } from './feedingThread.ts';
import { feedTarget } from './feedTarget.ts';
import { TARGETS } from './targets.ts';

/** The thread that feeds: what it is about to feed lies where the thread that watches can read it. */
setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
const heapMiB = (): number => {
  collectGarbage();
  return process.memoryUsage().heapUsed / 2 ** 20;
};
const current = new CurrentInput(workerData as SharedArrayBuffer);

async function obey({ target: name, seed, inputs }: FeedOrder): Promise<FeedAnswer> {
  const target = TARGETS.find((each) => each.name === name);
  if (target === undefined) throw new Error(`there is no target “${name}”`);
  let [count, before] = [0, Number.NaN];
  const onInput = (input: Uint8Array): void => {
    count += 1;
    if (count === Math.ceil(inputs / 10)) before = heapMiB();
    current.note(input);
  };
  const fed = await feedTarget(target, { seed, inputs, onInput });
  const growth = Number.isNaN(before) ? 0 : heapMiB() - before;
  return { ...fed, growthMiB: Math.max(0, Math.round(growth)) };
}

parentPort?.on('message', (order: FeedOrder) => {
  void obey(order).then((answer) => parentPort?.postMessage(answer));
});
