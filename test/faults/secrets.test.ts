import { afterEach, expect, test } from 'vitest';
import { FAULTS, type FaultName as PlexFault } from '../../simulator/plex/faults.ts';
import { FAULTS as STASH_FAULTS, type FaultName as StashFault } from '../../simulator/stash/faults.ts';
import { secretsBelow, secretsIn } from '../security/secretForms.ts';
import { openWorld, type World } from '../world/world.ts';
import { liveFor } from './syncedWorld.ts';

/** Not told to the log of this world, which would hide them: nothing may get that far. */
const PLEX_TOKEN = 'tok-Zq81-plex-secret';
const STASH_KEY = 'key-Wx27-stash-secret';

const MINUTE_MS = 60_000;
const PLEX_ARGUMENTS: Partial<Record<PlexFault, readonly (string | number)[]>> = {
  status: [400, 401, 403, 404, 414, 500, 502],
  redirect: [`http://elsewhere.example/?X-Plex-Token=${PLEX_TOKEN}`],
  'too-many': [1],
  delay: [1],
  trickle: [1],
};

let world: World;
afterEach(() => world.close());

/** Everything that a person, a log or a disk gets to see. */
async function everythingSeen(): Promise<string> {
  const { operations, log } = world;
  const status = await operations.status();
  const seen = [
    status,
    await operations.queue({ states: ['pending', 'running', 'waiting', 'dead'], limit: 1_000 }),
    await operations.dead({ limit: 1_000 }),
    await operations.history({ limit: 1_000 }),
    await operations.plan([]),
    log.lines,
  ];
  return seen.map((each) => JSON.stringify(each)).join('\n');
}

test('no message, log line, journal row, status or file holds the token or the key, whatever goes wrong', async () => {
  world = await openWorld({
    files: 4,
    settings: { plex_token: PLEX_TOKEN, stash_api_key: STASH_KEY, read_timeout: 1 },
    stash: { apiKey: STASH_KEY, password: 'secret' },
  });
  world.plex.library.acceptToken(PLEX_TOKEN);
  await world.trigger(1);
  await world.work();
  expect(await world.operations.status()).toMatchObject({ links: 1 });
  let edits = 0;
  const editAndLive = async (during: string): Promise<void> => {
    edits += 1;
    for (let number = 1; number <= 4; number++) await world.edit(number, { title: `${during} ${edits}` });
    await liveFor(world, 3_000);
    world.plex.faults.clear();
    world.stash.faults.clear();
    await liveFor(world, 6 * MINUTE_MS);
  };
  for (const fault of Object.keys(FAULTS) as readonly PlexFault[]) {
    for (const argument of PLEX_ARGUMENTS[fault] ?? [undefined]) {
      world.plex.faults.add({ fault, ...(argument === undefined ? {} : { argument }), nth: 1, count: 6 });
      await editAndLive(fault);
    }
  }
  for (const fault of Object.keys(STASH_FAULTS) as readonly StashFault[]) {
    world.stash.faults.add({ fault, times: 3 });
    await editAndLive(`stash ${fault}`);
  }
  world.plex.library.revokeToken(PLEX_TOKEN);
  await editAndLive('revoked');
  world.stash.switches.apiKey = 'another';
  await editAndLive('another key');

  const seen = await everythingSeen();
  expect(seen).toContain('Plex answered 401 Unauthorized');
  const secrets = { plex_token: PLEX_TOKEN, stash_api_key: STASH_KEY };
  expect(secretsIn(seen, secrets)).toEqual([]);
  expect(secretsBelow((await world.operations.status()).dataDir, secrets)).toEqual([]);
  expect(world.plex.log.requests.every((request) => !request.path.includes(PLEX_TOKEN))).toBe(true);
  expect(world.plex.log.requests.flatMap((request) => request.query.map(([key]) => key))).not.toContain(
    'X-Plex-Token',
  );
  world.plex.log.assertHarmless();
});
