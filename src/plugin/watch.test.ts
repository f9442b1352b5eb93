import { expect, onTestFinished, test } from 'vitest';
import { collectLog } from '../../test/world/collectedLog.ts';
import { systemClock } from '../engine/clock.ts';
import { type Surroundings, watchedFrom } from './endOfLife.ts';
import { type Change, Watch } from './watch.ts';

const well: Surroundings = {
  bundle: 'one',
  hasInbox: true,
  isExternal: false,
  plugin: 'enabled',
  isStashAway: false,
};

/** A watch whose every look ends when the test lets it. */
function watchOf() {
  const looks: ((seen: Surroundings) => void)[] = [];
  const changes: Change[] = [];
  const ending = new AbortController();
  onTestFinished(() => ending.abort());
  const watch = new Watch({
    clock: systemClock,
    logger: collectLog([]).logger,
    signal: ending.signal,
    everyMs: 60_000,
    watched: watchedFrom('one'),
    look: () => new Promise((resolve) => looks.push(resolve)),
    haveSettingsChanged: () => false,
    onChange: (change) => changes.push(change),
  });
  const endLook = async (seen: Surroundings): Promise<void> => {
    looks.at(-1)?.(seen);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { watch, looks, changes, endLook };
}

test('whoever asks gets a look that began after he asked, one for all who wait', async () => {
  const { watch, looks, endLook } = watchOf();
  const answers = Array.from({ length: 5 }, () => watch.lookNow());
  expect(looks).toHaveLength(1);
  await endLook(well);
  expect(looks).toHaveLength(2);
  await endLook(well);
  expect(await Promise.all(answers)).toEqual([true, true, true, true, true]);
  expect(looks).toHaveLength(2);
});

test('a Stash that does not answer keeps nobody waiting, and is heard when it does', async () => {
  const { watch, changes, endLook } = watchOf();
  const before = performance.now();
  expect(await watch.lookNow()).toBe(true);
  expect(performance.now() - before).toBeLessThan(2_000);
  await endLook({ ...well, plugin: 'disabled' });
  expect(changes).toEqual([{ kind: 'end', reason: 'disabled in Stash' }]);
  expect(await watch.lookNow()).toBe(false);
});
