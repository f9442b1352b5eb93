import { expect, onTestFinished, test } from 'vitest';
import { entityId } from '../../src/core/ids.ts';
import { wholeLibrary } from '../../src/core/scene.ts';
import { openWorld, type World } from '../world/world.ts';

interface Line {
  readonly msg: string;
  readonly job?: string;
  readonly scene?: string;
}

const linesOf = ({ log }: World): readonly Line[] => log.lines.map((line) => JSON.parse(line) as Line);

async function open(options: Parameters<typeof openWorld>[0] = {}): Promise<World> {
  const world = await openWorld(options);
  onTestFinished(() => world.close());
  return world;
}

test('every line about a scene names its job and the scene', async () => {
  const world = await open({ settings: { max_retries: 1 } });
  await world.edit(1, { title: 'Another' });
  await world.work();
  await world.trigger(1);
  await world.work();
  world.plex.faults.add({ fault: 'status', argument: 500, method: 'PUT' });
  await world.edit(2, { title: 'Refused' });
  await world.edit(3, { organized: true, title: 'x'.repeat(300) });
  await world.work();
  const lines = linesOf(world).filter(({ msg }) => /^(?:synced|not synced|looked at|.*cut)/.test(msg));
  expect(new Set(lines.map(({ job }) => job))).toEqual(new Set(['scene 1', 'scene 2', 'scene 3']));
  for (const { job, scene } of lines) expect(job).toBe(`scene ${scene}`);
});

test('a dry run names the scenes that it would write', async () => {
  const world = await open({ settings: { dry_run: true } });
  await world.edit(1, { title: 'Another' });
  await world.work();
  expect(linesOf(world)).toContainEqual(
    expect.objectContaining({ msg: 'dry run: would write', job: 'scene 1', scene: '1' }),
  );
});

test('lines about other jobs name them, too: a fan-out, the comparison of everything', async () => {
  const world = await open();
  const [performer] = world.scene(1).performerIds;
  const now = world.clock.now();
  await world.engine.store.queue.enqueue(
    [
      { subject: { kind: 'performer', id: entityId(String(performer)) }, source: 'hook' },
      { subject: wholeLibrary, source: 'command' },
    ],
    { now, dueAt: now },
  );
  await world.work();
  const jobOf = (words: string) => linesOf(world).find(({ msg }) => msg === words)?.job;
  expect(jobOf('scenes queued')).toBe(`performer ${performer}`);
  expect(jobOf('comparing everything')).toBeDefined();
  expect(jobOf('everything was compared')).toBe(jobOf('comparing everything'));
});
