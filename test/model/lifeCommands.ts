import fc from 'fast-check';
import { CRASH_STEPS } from '../../src/engine/crashStep.ts';
import { type Command, command } from './command.ts';
import { HOUR_MS } from './livingWorld.ts';

const DAY_MS = 24 * HOUR_MS;

const side = fc.constantFrom('plex', 'stash');
const goDown = side.map((side) => command(`${side} goes down`, (living) => living.goDown(side)));
const comeBack = side.map((side) => command(`${side} comes back`, (living) => living.comeBack(side)));

/** Some requests meet it, of any kind or edits alone; what was carried out may not have been answered. */
const trouble = fc
  .record({
    fault: fc.constantFrom('lost-reply', 'cut', 'reset', 'maintenance', 'empty'),
    method: fc.constantFrom('GET', 'PUT'),
    count: fc.integer({ min: 1, max: 6 }),
  })
  .map((rule) =>
    command(`Plex has trouble: ${JSON.stringify(rule)}`, ({ world }) => void world.plex.faults.add(rule)),
  );

/** Never by whole seconds, in which everything would look alike. */
const time = fc
  .constantFrom(100, 1_100, 3_300, 40_100, HOUR_MS + 700, 15 * DAY_MS + 300)
  .map((ms) => command(`${ms} ms pass`, ({ world }) => world.clock.advance(ms)));

/** What takes its time in Plex is done before: the simulator would take it for not yet begun. */
const setBack = fc.constantFrom(30_500, HOUR_MS + 300).map((ms) =>
  command(`the clock is set back by ${ms} ms`, ({ world }) => {
    world.clock.advance(3_000);
    world.clock.advance(-ms);
  }),
);

/** Steps of the inbox aside, which nothing fills here. */
const STEPS = Object.keys(CRASH_STEPS).filter((step) => !step.startsWith('events-'));
const kill = fc.constantFrom(...STEPS).map((step) =>
  command(`the daemon looks and works, and dies at ${step}`, async (living) => {
    living.dieAt(step);
    if (step === 'reconcile-page') await living.live(() => living.world.operations.reconcile());
    await living.live(() => living.world.engine.poll());
    await living.live(() => living.world.work());
    living.dieAt(null);
  }),
);

const restart = fc.constant(
  command('the daemon restarts', (living) => living.live(() => living.world.restart())),
);
const tick = fc.constant(
  command('a batch', (living) => living.live(() => living.world.engine.worker.tick())),
);
const work = fc.constant(command('work', (living) => living.live(() => living.world.work())));
const minute = fc.constant(
  command('a minute of work', (living) => living.live(() => living.world.workFor(60_000))),
);
const poll = fc.constant(command('a poll', (living) => living.live(() => living.world.engine.poll())));
/** As after each start of a connection; what else it tells is never more than a reason to ask. */
const plexTells = fc.constant(
  command('Plex is listened to again', (living) =>
    living.live(async () => {
      const { clock, engine } = living.world;
      engine.plexEvents.take({ kind: 'connected' });
      clock.advance(6_000);
      await engine.plexEvents.round();
    }),
  ),
);
const sweep = fc.constant(
  command('a task of Stash has ended', (living) =>
    living.live(async () => {
      living.world.engine.stampSweep.ask();
      await living.world.engine.poll();
    }),
  ),
);
const reconcile = fc.constant(
  command('a reconcile begins', (living) =>
    living.live(async () => {
      await living.world.operations.reconcile();
      await living.world.engine.reconcile.tick();
    }),
  ),
);

const pause = fc.constant(
  command('comparisons are paused', (living) => living.live(() => living.world.operations.pauseReconcile())),
);
const resume = fc.constant(
  command('comparisons go on', (living) => living.live(() => living.world.operations.resumeReconcile())),
);

export const lifeCommands: readonly fc.Arbitrary<Command>[] = [
  goDown,
  comeBack,
  comeBack,
  trouble,
  time,
  time,
  setBack,
  kill,
  kill,
  kill,
  restart,
  tick,
  work,
  work,
  minute,
  poll,
  plexTells,
  sweep,
  reconcile,
  pause,
  resume,
];
