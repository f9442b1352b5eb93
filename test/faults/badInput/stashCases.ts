import type { BadInputArea } from './badInputCase.ts';
import { editThree, worldCase } from './worldCase.ts';

export const stashCases: BadInputArea = {
  title: 'Stash',
  cases: [
    worldCase({
      input: 'HTML for everything, as of a sign-in page',
      prepare: (world) => world.stash.faults.add({ fault: 'html' }),
      expected: {
        state: 'all scenes pending · breakers closed · paused (settings)',
        message: 'The answer is a web page where JSON is due: POST http://stash/graphql',
        requests: 'Stash: 1',
        afterwards: 'synced by itself',
      },
    }),
    worldCase({
      input: '401 for everything',
      prepare: (world) => world.stash.faults.add({ fault: 'unauthorized' }),
      expected: {
        state: 'all scenes pending · breakers closed · paused (auth)',
        message: 'Stash answered 401 Unauthorized: POST http://stash/graphql',
        requests: 'Stash: 1',
        afterwards: 'synced by itself',
      },
    }),
    worldCase({
      input: '400 for an unknown field, once: an update in between took it away',
      prepare: (world) => world.stash.faults.add({ fault: 'badRequest', times: 1 }),
      expected: {
        state: 'all scenes synced · breakers closed',
        message: '–',
        requests: 'Plex: 2 details, 3 edits · Stash: 3',
        afterwards: '–',
      },
    }),
    worldCase({
      input: '400 for an unknown field, whatever is asked of a scene',
      prepare: (world) => world.stash.faults.add({ fault: 'badRequest', matching: 'findScene' }),
      expected: {
        state: 'all scenes pending · breakers closed · paused (settings)',
        message: 'Stash answered with an error: Cannot query field "later" on type "Scene".',
        requests: 'Stash: 3',
        afterwards: 'synced by itself',
      },
    }),
    worldCase({
      input: 'an older Stash (v0.27), which lacks later fields',
      options: { stash: { olderStash: true } },
      expected: {
        state: 'all scenes synced · breakers closed',
        message: '–',
        requests: 'Plex: 2 details, 3 edits · Stash: 1',
        afterwards: '–',
      },
    }),
    worldCase({
      input: 'a missing id among those of one request',
      act: async (world) => {
        await world.trigger(999, 'command');
        await editThree(world);
      },
      expected: {
        state: 'all scenes synced · breakers closed',
        message: '–',
        requests: 'Plex: 2 details, 3 edits · Stash: 1',
        afterwards: '–',
      },
    }),
    worldCase({
      input: '{"data":null}',
      prepare: (world) => world.stash.faults.add({ fault: 'nullData' }),
      expected: {
        state: 'all scenes pending · breakers closed · paused (settings)',
        message: 'The answer is not GraphQL: POST http://stash/graphql',
        requests: 'Stash: 1',
        afterwards: 'synced by itself',
      },
    }),
    worldCase({
      input: 'each field null with the error “database is locked”',
      prepare: (world) => world.stash.faults.add({ fault: 'busy' }),
      expected: {
        state: 'all scenes pending (unreachable) · breakers closed',
        message: 'Stash cannot answer just now: database is locked',
        requests: 'Stash: 1',
        afterwards: 'synced by itself',
      },
    }),
    worldCase({
      input: 'an answer cut off in the middle, once',
      prepare: (world) => world.stash.faults.add({ fault: 'cut', times: 1 }),
      expected: {
        state: 'all scenes pending (unreachable) · breakers closed',
        message: 'Stash broke off in the middle of its answer: POST http://stash/graphql',
        requests: 'Stash: 1',
        afterwards: 'synced by itself',
      },
    }),
    worldCase({
      input: 'a database that waits for a migration',
      prepare: (world) => world.stash.faults.add({ fault: 'needsMigration' }),
      expected: {
        state: 'all scenes pending (unreachable) · breakers closed',
        message: 'Stash cannot answer just now: database not initialized',
        requests: 'Stash: 1',
        afterwards: 'synced by itself',
      },
    }),
  ],
};
