import { expect, onTestFinished, test } from 'vitest';
import type { TriggerSource } from '../../src/core/job.ts';
import { silentMeter } from '../../src/engine/meter.ts';
import { giveCover } from '../sync/covers.ts';
import { png } from '../world/pictures.ts';
import { openWorld, type World, type WorldOptions } from '../world/world.ts';

interface Metered {
  readonly world: World;
  readonly sent: readonly string[];
  readonly arrived: readonly (readonly [TriggerSource, number])[];
}

async function openMetered(options: WorldOptions = {}): Promise<Metered> {
  const sent: string[] = [];
  const arrived: [TriggerSource, number][] = [];
  const world = await openWorld({
    ...options,
    meter: {
      ...silentMeter,
      fieldSent: (field) => sent.push(field),
      editArrived: (source, ms) => arrived.push([source, ms]),
    },
  });
  onTestFinished(() => world.close());
  await world.trigger(1);
  await world.workFor(10_000);
  sent.length = 0;
  arrived.length = 0;
  return { world, sent, arrived };
}

test('an edit is counted by its fields, and timed from its trigger to where Plex shows it', async () => {
  const { world, sent, arrived } = await openMetered();
  await world.edit(1, { title: 'Another', details: 'Other words' });
  world.clock.advance(1_500);
  await world.work();
  expect([...sent].sort()).toEqual(['summary', 'title']);
  expect(arrived).toEqual([['hook', 1_500]]);
});

test('one that Plex shows late is timed to the moment when it shows, and counted once', async () => {
  const { world, sent, arrived } = await openMetered({ plex: { tagsVisible: 'all-late' } });
  await world.edit(1, { title: 'Another', performerIds: [] });
  await world.work();
  expect(arrived).toEqual([]);
  await world.workFor(10_000);
  expect([...sent].sort()).toEqual(['actors', 'title']);
  expect(arrived).toEqual([['hook', expect.any(Number)]]);
  expect(arrived[0]?.[1]).toBeGreaterThanOrEqual(1_000);
});

test('a poster is counted, too', async () => {
  const { world, sent } = await openMetered({ settings: { sync_poster: true } });
  await giveCover(world, 1, png('a'));
  await world.workFor(10_000);
  expect(sent).toEqual(['poster']);
});

test('a look that finds nothing to write is no edit, nor is one that Plex refuses', async () => {
  const { world, sent, arrived } = await openMetered();
  await world.trigger(1);
  await world.work();
  world.plex.faults.add({ fault: 'status', argument: 500, method: 'PUT' });
  await world.edit(1, { title: 'Another' });
  await world.work();
  expect({ sent, arrived }).toEqual({ sent: [], arrived: [] });
});
