import type { World } from '../../world/world.ts';
import type { BadInputArea } from './badInputCase.ts';
import { editThree, forever, worldCase } from './worldCase.ts';

const DETAILS = /^\/library\/metadata\//;
const serverError = { fault: 'status', argument: 500, ...forever } as const;
const detailsOf = (world: World, number: number): RegExp =>
  new RegExp(`^/library/metadata/(\\d+,)*${world.itemKey(number)}\\b`);
const editOf = (world: World, number: number): RegExp => new RegExp(`[?&]id=${world.itemKey(number)}(&|$)`);

function fileOf(world: World, number: number) {
  const { plexPath = '', size = 0, durationMs = 0 } = world.samples[number - 1] ?? {};
  return { path: plexPath, size, durationMs };
}

export const plexCases: BadInputArea = {
  title: 'Plex',
  cases: [
    worldCase({
      input: 'HTML for everything, as of a router',
      prepare: (world) => void world.plex.faults.add({ fault: 'html', ...forever }),
      expected: {
        state: 'all scenes pending · breakers closed · paused (settings)',
        message: 'The answer is a web page where JSON is due: GET http://plex/identity',
        requests: 'Plex: 1 identity, 1 details · Stash: 1',
        afterwards: 'synced by itself',
      },
    }),
    worldCase({
      input: 'HTML in place of details, while /identity answers',
      prepare: (world) => void world.plex.faults.add({ fault: 'html', url: DETAILS, ...forever }),
      expected: {
        state: 'all scenes pending (rejected), 1 of 5 attempts used · breakers closed',
        message:
          'The answer is a web page where JSON is due: GET http://plex/library/metadata/1 · The answer is a web page where JSON is due: GET http://plex/library/metadata/3 · The answer is a web page where JSON is due: GET http://plex/library/metadata/4',
        requests: 'Plex: 1 identity, 5 details · Stash: 1',
        afterwards: 'synced by itself',
      },
    }),
    worldCase({
      input: 'an empty body in place of details, once',
      prepare: (world) => void world.plex.faults.add({ fault: 'empty', url: DETAILS }),
      expected: {
        state: 'all scenes synced · breakers closed',
        message: '–',
        requests: 'Plex: 1 identity, 4 details, 3 edits · Stash: 1',
        afterwards: '–',
      },
    }),
    worldCase({
      input: 'an empty body for everything',
      prepare: (world) => void world.plex.faults.add({ fault: 'empty', ...forever }),
      expected: {
        state: 'all scenes pending · breakers closed · paused (settings)',
        message: 'The answer is empty where JSON is due: GET http://plex/identity',
        requests: 'Plex: 1 identity, 1 details · Stash: 1',
        afterwards: 'synced by itself',
      },
    }),
    worldCase({
      input: 'wrong types in details, always',
      prepare: (world) => void world.plex.faults.add({ fault: 'wrong-types', url: DETAILS, ...forever }),
      expected: {
        state: 'all scenes pending (rejected), 1 of 5 attempts used · breakers closed',
        message:
          'Plex sent an item in an unknown shape: the whole: Invalid type: Expected Array but received Object: GET http://plex/library/metadata/1 · Plex sent an item in an unknown shape: the whole: Invalid type: Expected Array but received Object: GET http://plex/library/metadata/3 · Plex sent an item in an unknown shape: the whole: Invalid type: Expected Array but received Object: GET http://plex/library/metadata/4',
        requests: 'Plex: 1 identity, 5 details · Stash: 1',
        afterwards: 'synced by itself',
      },
    }),
    worldCase({
      input: 'wrong types in lists of libraries and items, and a file that is not in the index',
      prepare: (world) => {
        world.plex.faults.add({
          fault: 'wrong-types',
          url: /^\/library\/sections/,
          method: 'GET',
          ...forever,
        });
        const [file] = world.stash.library.filesOf(world.scene(1));
        if (file !== undefined) world.stash.library.files.update(file, { path: '/data/moved.mp4', size: 1 });
      },
      mend: (world) => {
        world.plex.faults.clear();
        world.plex.library.addItem('1', { files: [{ path: '/media/moved.mp4', size: 1 }] });
      },
      expected: {
        state: 'all scenes pending · breakers closed · paused (settings)',
        message: 'Plex has no library of the type movie.',
        requests: 'Plex: 1 index · Stash: 1',
        afterwards: 'synced by itself',
      },
    }),
    worldCase({
      input: 'a redirect for everything',
      prepare: (world) =>
        void world.plex.faults.add({
          fault: 'redirect',
          argument: 'https://elsewhere.example/web',
          ...forever,
        }),
      expected: {
        state: 'all scenes pending · breakers closed · paused (settings)',
        message: 'Plex redirects to https://elsewhere.example/web: GET http://plex/identity',
        requests: 'Plex: 1 identity, 1 details · Stash: 1',
        afterwards: 'synced by itself',
      },
    }),
    worldCase({
      input: 'a redirect of edits',
      prepare: (world) =>
        void world.plex.faults.add({
          fault: 'redirect',
          argument: 'https://elsewhere.example/web',
          method: 'PUT',
          ...forever,
        }),
      expected: {
        state: 'all scenes pending (rejected), 1 of 5 attempts used · breakers closed',
        message: 'Plex redirects to https://elsewhere.example/web: PUT http://plex/library/sections/1/all',
        requests: 'Plex: 3 identity, 2 details, 3 edits · Stash: 1',
        afterwards: 'synced by itself',
      },
    }),
    worldCase({
      input: '500 on one item when it is read',
      prepare: (world) => void world.plex.faults.add({ ...serverError, url: detailsOf(world, 2) }),
      expected: {
        state: 'scene 1, 3 synced · scene 2 pending (rejected), 1 of 5 attempts used · breakers closed',
        message: 'Plex answered 500 Internal Server Error: GET http://plex/library/metadata/3',
        requests: 'Plex: 1 identity, 6 details, 2 edits · Stash: 1',
        afterwards: 'synced by itself',
      },
    }),
    worldCase({
      input: '500 on one item when it is read, five times',
      prepare: (world) => void world.plex.faults.add({ ...serverError, url: detailsOf(world, 2) }),
      act: async (world) => {
        await editThree(world);
        await world.workFor(60_000);
      },
      expected: {
        state: 'scene 1, 3 synced · scene 2 a dead letter (rejected), 5 of 5 attempts used · breakers closed',
        message: 'Plex answered 500 Internal Server Error: GET http://plex/library/metadata/3',
        requests: 'Plex: 5 identity, 10 details, 2 edits · Stash: 5',
        afterwards: 'synced after a retry',
      },
    }),
    worldCase({
      input: '500 on one item when it is edited',
      prepare: (world) =>
        void world.plex.faults.add({ ...serverError, method: 'PUT', url: editOf(world, 2) }),
      expected: {
        state: 'scene 1, 3 synced · scene 2 pending (rejected), 1 of 5 attempts used · breakers closed',
        message: 'Plex answered 500 Internal Server Error: PUT http://plex/library/sections/1/all',
        requests: 'Plex: 1 identity, 2 details, 3 edits · Stash: 1',
        afterwards: 'synced by itself',
      },
    }),
    worldCase({
      input: '400 on one item when it is edited',
      prepare: (world) =>
        void world.plex.faults.add({
          ...serverError,
          argument: 400,
          method: 'PUT',
          url: editOf(world, 2),
        }),
      expected: {
        state: 'scene 1, 3 synced · scene 2 pending (rejected), 1 of 5 attempts used · breakers closed',
        message: 'Plex answered 400 Bad Request: PUT http://plex/library/sections/1/all',
        requests: 'Plex: 1 identity, 2 details, 3 edits · Stash: 1',
        afterwards: 'synced by itself',
      },
    }),
    worldCase({
      input: '404 on every edit, while the items are there',
      prepare: (world) => void world.plex.faults.add({ ...serverError, argument: 404, method: 'PUT' }),
      expected: {
        state: 'all scenes pending (rejected), 1 of 5 attempts used · breakers closed',
        message: 'Plex answered 404 Not Found: PUT http://plex/library/sections/1/all',
        requests: 'Plex: 3 identity, 2 details, 3 edits · Stash: 1',
        afterwards: 'synced by itself',
      },
    }),
    worldCase({
      input: 'an item that got another id since the index was read',
      prepare: (world) => {
        world.plex.log.clear();
        const key = world.itemKey(2);
        const [section] = world.plex.library.sections();
        world.plex.library.removeItem(key);
        world.plex.library.addItem(section?.key ?? '', { files: [fileOf(world, 2)] });
      },
      expected: {
        state: 'all scenes synced · breakers closed',
        message: '–',
        requests: 'Plex: 4 index, 4 details, 3 edits · Stash: 2',
        afterwards: '–',
      },
    }),
    worldCase({
      input: 'details cut off in the middle, once',
      prepare: (world) => void world.plex.faults.add({ fault: 'cut', url: DETAILS }),
      expected: {
        state: 'all scenes pending (unreachable) · breakers closed',
        message:
          'Plex broke off in the middle of its answer (ECONNRESET): GET http://plex/library/metadata/1,3,4',
        requests: 'Plex: 1 details · Stash: 1',
        afterwards: 'synced by itself',
      },
    }),
    worldCase({
      input: 'another server at the same address',
      prepare: (world) => world.plex.library.replaceServer('0ther5erver'),
      act: async (world) => {
        await world.engine.poll();
        await editThree(world);
      },
      mend: (world) => world.plex.library.replaceServer('f00dcafe5e7cafe0f00dcafe5e7cafe0f00dcafe'),
      expected: {
        state: 'all scenes pending · breakers closed · paused (server-changed) · stopped',
        message:
          'plex_url leads to another Plex server (0ther5erver) than the one this data folder belongs to (f00dcafe5e7cafe0f00dcafe5e7cafe0f00dcafe).',
        requests: 'Plex: 1 identity · Stash: 5',
        afterwards: 'synced by itself',
      },
    }),
  ],
};
