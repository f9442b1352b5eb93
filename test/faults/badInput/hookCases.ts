import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Inbox } from '../../../src/engine/inbox.ts';
import type { World } from '../../world/world.ts';
import type { BadInputArea, BadInputCase, Observed } from './badInputCase.ts';
import { worldCase } from './worldCase.ts';

const recorded = readFileSync(
  path.join(import.meta.dirname, '../../../src/stash/fixtures/stdin/scene-update.json'),
  'utf8',
).replace('"id":4,', '"id":1,');
const [upToContext = ''] = recorded.split('"hookContext"');
/** hook.sh keeps no more. */
const KEPT_BYTES = 64 * 1024;
const twoMegabytes = recorded.replace('"details":"hello"', `"details":"${'x'.repeat(2_000_000)}"`);

const inboxOf = (world: World): string => world.engine.settings.inbox_dir;
const drop = (world: World, content: string | Uint8Array, name = 'v1-1700000000-abc'): void =>
  writeFileSync(path.join(inboxOf(world), name), content);

/** Scene 1 is edited, and its hook leaves this in the inbox: nothing else tells of the edit. */
const hookCase = (input: string, leave: (world: World) => void, expected: Observed): BadInputCase =>
  worldCase({
    input,
    expected,
    act: async (world) => {
      const { engine } = world;
      const inbox = new Inbox({
        directory: inboxOf(world),
        queue: engine.store.queue,
        meta: engine.store.meta,
        clock: engine.clock,
        logger: engine.logger,
        reach: engine.reach,
      });
      await inbox.prepare({ isExternal: true });
      world.clock.advance(5_000);
      world.stash.library.editScene(world.scene(1), { title: 'After 1' });
      leave(world);
      const intake = await inbox.takeIn({ isEnabled: true });
      // As the daemon does: what nobody can read is looked for in Stash.
      if (intake.unreadable > 0) await engine.poll();
      await world.work();
    },
    look: (world) => {
      const left = readdirSync(inboxOf(world), { recursive: true, encoding: 'utf8' });
      const files = left.filter((name) => name !== 'external' && name !== 'unreadable').sort();
      return files.length === 0 ? 'inbox empty' : `inbox: ${files.join(', ')}`;
    },
  });

export const hookCases: BadInputArea = {
  title: 'Hooks and the inbox',
  cases: [
    hookCase('an empty file: stdin was empty', (world) => drop(world, ''), {
      state: 'all scenes synced · breakers closed · inbox: unreadable/v1-1700000000-abc',
      message: 'unreadable hook event set aside; looking at Stash instead (it is empty)',
      requests: 'Plex: 1 identity, 4 index, 2 details, 1 edits · Stash: 7',
      afterwards: '–',
    }),
    hookCase(
      'garbage',
      (world) =>
        drop(
          world,
          Uint8Array.from({ length: 999 }, (_, n) => (n * 7) % 256),
        ),
      {
        state: 'all scenes synced · breakers closed · inbox: unreadable/v1-1700000000-abc',
        message:
          'unreadable hook event set aside; looking at Stash instead (it holds no complete event: args.hookContext with id and type)',
        requests: 'Plex: 1 identity, 4 index, 2 details, 1 edits · Stash: 7',
        afterwards: '–',
      },
    ),
    hookCase('nothing but zeros, as after a power cut', (world) => drop(world, new Uint8Array(500)), {
      state: 'all scenes synced · breakers closed · inbox: unreadable/v1-1700000000-abc',
      message: 'unreadable hook event set aside; looking at Stash instead (it holds nothing but zeros)',
      requests: 'Plex: 1 identity, 4 index, 2 details, 1 edits · Stash: 7',
      afterwards: '–',
    }),
    hookCase('cut off before the id', (world) => drop(world, `${upToContext}"hookCon`), {
      state: 'all scenes synced · breakers closed · inbox: unreadable/v1-1700000000-abc',
      message:
        'unreadable hook event set aside; looking at Stash instead (it holds no complete event: args.hookContext with id and type)',
      requests: 'Plex: 1 identity, 4 index, 2 details, 1 edits · Stash: 7',
      afterwards: '–',
    }),
    hookCase(
      'cut off after the id',
      (world) => drop(world, `${upToContext}"hookContext":{"id":1,"type":"Scene.Update.Post","inp`),
      {
        state: 'all scenes synced · breakers closed · inbox empty',
        message: '–',
        requests: 'Plex: 2 details, 1 edits · Stash: 1',
        afterwards: '–',
      },
    ),
    hookCase(
      '2 MB of stdin, of which hook.sh keeps the first 64 KiB',
      (world) => drop(world, twoMegabytes.slice(0, KEPT_BYTES)),
      {
        state: 'all scenes synced · breakers closed · inbox empty',
        message: '–',
        requests: 'Plex: 2 details, 1 edits · Stash: 1',
        afterwards: '–',
      },
    ),
    hookCase('2 MB in a file that is not from hook.sh', (world) => drop(world, twoMegabytes), {
      state: 'all scenes synced · breakers closed · inbox empty',
      message: '–',
      requests: 'Plex: 2 details, 1 edits · Stash: 1',
      afterwards: '–',
    }),
    hookCase('an id that is none', (world) => drop(world, recorded.replace('"id":1,', '"id":"../1",')), {
      state: 'all scenes synced · breakers closed · inbox: unreadable/v1-1700000000-abc',
      message:
        'unreadable hook event set aside; looking at Stash instead (it holds no complete event: args.hookContext with id and type)',
      requests: 'Plex: 1 identity, 4 index, 2 details, 1 edits · Stash: 7',
      afterwards: '–',
    }),
    hookCase(
      'a half written file, which still has its temporary name',
      (world) => drop(world, recorded.slice(0, 300), '.v1-1700000000-abc'),
      {
        state: 'scene 1 as before · scene 2, 3 synced · breakers closed · inbox: .v1-1700000000-abc',
        message: '–',
        requests: '–',
        afterwards: 'synced by itself',
      },
    ),
    hookCase('a file of a newer version', (world) => drop(world, 'scene 1', 'v2-1700000000-abc'), {
      state: 'scene 1 as before · scene 2, 3 synced · breakers closed · inbox: v2-1700000000-abc',
      message: 'inbox file of another version of hook.sh: kept, not read',
      requests: '–',
      afterwards: 'synced by itself',
    }),
    hookCase('a folder where a file belongs', (world) => mkdirSync(path.join(inboxOf(world), 'v1-folder')), {
      state: 'all scenes synced · breakers closed · inbox: unreadable/v1-folder',
      message: 'unreadable hook event set aside; looking at Stash instead (it cannot be read (EISDIR))',
      requests: 'Plex: 1 identity, 4 index, 2 details, 1 edits · Stash: 7',
      afterwards: '–',
    }),
    hookCase(
      'a link to a file that is not there',
      (world) => symlinkSync('nowhere', path.join(inboxOf(world), 'v1-link')),
      {
        state: 'all scenes synced · breakers closed · inbox: unreadable/v1-link',
        message: 'unreadable hook event set aside; looking at Stash instead (it cannot be read (ELOOP))',
        requests: 'Plex: 1 identity, 4 index, 2 details, 1 edits · Stash: 7',
        afterwards: '–',
      },
    ),
    hookCase('the mark that the inbox overflowed', (world) => drop(world, '', 'overflow'), {
      state: 'all scenes synced · breakers closed · inbox empty',
      message: '–',
      requests: 'Plex: 1 identity, 1 server, 5 index, 2 details, 1 edits · Stash: 3',
      afterwards: '–',
    }),
  ],
};
