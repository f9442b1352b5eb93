import { sceneId } from '../../src/core/ids.ts';
import { sceneSubject } from '../../src/core/scene.ts';
import { takeLock } from '../../src/store/sqlite/lock.ts';
import { openStore } from '../../src/store/sqlite/openStore.ts';

/**
 * Takes the data folder that it is given, queues ten scenes at a time and claims one of them, for ever;
 * each round that was saved is a line with the number of scenes so far. Its test ends it by SIGKILL.
 */
const dataDir = String(process.argv[2]);
const lock = takeLock({ dataDir, now: 1_000, role: 'daemon' });
if (!lock.ok) throw new Error(lock.failure.message);
const opened = openStore({ dataDir, now: 1_000 });
if (!opened.ok) throw new Error(opened.failure.message);

const { queue } = opened.value.store;
for (let saved = 0; ; ) {
  const ids = Array.from({ length: 10 }, (_, index) => sceneId(String(saved + index)));
  const triggers = ids.map((id) => ({ subject: sceneSubject(id), source: 'hook' }) as const);
  await queue.enqueue(triggers, { now: 1_000, dueAt: 1_000 });
  await queue.claim({ now: 1_000, limit: 1, owner: 'killed', leaseUntil: 9_000_000, kinds: ['scene'] });
  saved += ids.length;
  process.stdout.write(`${saved}\n`);
}
