import type { SceneRow } from '../../../simulator/stash/model/rows.ts';
import type { World } from '../../world/world.ts';
import type { BadInputArea } from './badInputCase.ts';
import { worldCase } from './worldCase.ts';

const change = (world: World, values: Partial<SceneRow>): void =>
  world.stash.library.editScene(world.scene(1), values);

/** Scene 1 is edited, and the worker has its time: what is shown late or sent again is done then. */
async function edit(world: World, values: Partial<SceneRow>): Promise<void> {
  await world.edit(1, values);
  await world.workFor(10_000);
}

const itemOf = (world: World) => world.plex.library.read(world.itemKey(1));
const fieldsOf = (world: World) => itemOf(world)?.fields ?? {};
const titleOf = (world: World): string => fieldsOf(world).title ?? '';
const genresOf = (world: World): readonly string[] => itemOf(world)?.tags.genre ?? [];
const titleInPlex = (world: World): string => `title in Plex: ${titleOf(world)}`;

export const sceneCases: BadInputArea = {
  title: 'Scenes',
  cases: [
    worldCase({
      input: 'a scene without files',
      prepare: (world) => change(world, { fileIds: [] }),
      expected: {
        state: 'scene 1 a dead letter (not-syncable) · scene 2, 3 synced · breakers closed',
        message: 'The scene has no file, so Plex cannot have it.',
        requests: 'Plex: 2 details, 2 edits · Stash: 1',
        afterwards: 'stays so',
      },
    }),
    worldCase({
      input: 'a scene deleted after its hook',
      act: async (world) => {
        await world.trigger(1);
        world.stash.library.scenes.delete(1);
        await world.work();
      },
      expected: {
        state: 'scene 1 forgotten · scene 2, 3 synced · breakers closed',
        message: '–',
        requests: 'Stash: 1',
        afterwards: '–',
      },
    }),
    worldCase({
      input: 'a scene whose only file lies in a zip',
      prepare: (world) => {
        const [file] = world.stash.library.filesOf(world.scene(1));
        if (file === undefined) throw new Error('scene 1 has no file');
        world.stash.library.files.update(file, { zipFile: { id: 9, path: '/data/all.zip' } });
      },
      expected: {
        state: 'scene 1 a dead letter (not-syncable) · scene 2, 3 synced · breakers closed',
        message: 'The scene’s files all lie inside zip files, which Plex does not look into.',
        requests: 'Plex: 2 details, 2 edits · Stash: 1',
        afterwards: 'stays so',
      },
    }),
    worldCase({
      input: 'a title of emoji: 🎬👩‍👩‍👧🏳️‍🌈',
      act: (world) => edit(world, { title: '🎬👩‍👩‍👧🏳️‍🌈' }),
      look: titleInPlex,
      expected: {
        state: 'all scenes synced · breakers closed · title in Plex: 🎬👩‍👩‍👧🏳️‍🌈',
        message: '–',
        requests: 'Plex: 2 details, 1 edits · Stash: 1',
        afterwards: '–',
      },
    }),
    worldCase({
      input: 'a title with control characters, line ends and a terminal escape',
      act: (world) => edit(world, { title: 'One\u0000\u001b[31m red\r\n\ttwo\u202e three' }),
      look: titleInPlex,
      expected: {
        state: 'all scenes synced · breakers closed · title in Plex: One[31m red two three',
        message: '–',
        requests: 'Plex: 2 details, 1 edits · Stash: 1',
        afterwards: '–',
      },
    }),
    worldCase({
      input: 'half an emoji at the end of a title',
      act: (world) => edit(world, { title: 'Half \ud83c' }),
      look: titleInPlex,
      expected: {
        state: 'all scenes synced · breakers closed · title in Plex: Half',
        message: '–',
        requests: 'Plex: 2 details, 1 edits · Stash: 1',
        afterwards: '–',
      },
    }),
    worldCase({
      input: 'a title of nothing but spaces and invisible characters',
      act: (world) => edit(world, { title: ' \u200b\u00ad ' }),
      look: titleInPlex,
      expected: {
        state: 'all scenes synced · breakers closed · title in Plex: Before 1',
        message: '–',
        requests: 'Plex: 1 details · Stash: 1',
        afterwards: '–',
      },
    }),
    worldCase({
      input: 'a title of 10,000 characters',
      act: (world) => edit(world, { title: 'Long '.repeat(2_000).trim() }),
      look: (world) => `${titleOf(world).length} characters in Plex`,
      expected: {
        state: 'all scenes synced · breakers closed · 254 characters in Plex',
        message: 'title of 9999 characters, of which the first 254 are sent',
        requests: 'Plex: 2 details, 1 edits · Stash: 1',
        afterwards: '–',
      },
    }),
    worldCase({
      input: 'details of 10,000 characters of four bytes, 120 kB in a URL',
      act: (world) => edit(world, { details: '🎬'.repeat(10_000) }),
      look: (world) => `${fieldsOf(world).summary?.length ?? 0} characters of summary in Plex`,
      expected: {
        state: 'all scenes synced · breakers closed · 1166 characters of summary in Plex',
        message:
          'details of 20000 characters, of which the first 10000 are sent · details of 20000 characters, of which the first 1166 are sent',
        requests: 'Plex: 1 identity, 4 details, 2 edits · Stash: 2',
        afterwards: '–',
      },
    }),
    worldCase({
      input: '500 tags',
      act: (world) => {
        const tags = Array.from({ length: 500 }, (_, index) =>
          world.stash.library.addTag({ name: `Tag ${String(index + 1).padStart(3, '0')}` }),
        );
        return edit(world, { tagIds: tags.map((tag) => tag.id) });
      },
      look: (world) => `${genresOf(world).filter((name) => name.startsWith('Tag ')).length} of them in Plex`,
      expected: {
        state: 'all scenes synced · breakers closed · 100 of them in Plex',
        message: '500 tags, of which the first 100 are sent',
        requests: 'Plex: 2 details, 1 edits · Stash: 1',
        afterwards: '–',
      },
    }),
    worldCase({
      input: 'tags with comma, percent sign, ampersand, plus, quotes and brackets',
      act: (world) => {
        const names = ['a, b', '100%25', 'c & d', '1+1', '"e"', '[f]=g', 'h#i?j'];
        const tags = names.map((name) => world.stash.library.addTag({ name }));
        return edit(world, { tagIds: tags.map((tag) => tag.id) });
      },
      look: (world) => genresOf(world).join(' | '),
      expected: {
        state: 'all scenes synced · breakers closed · "e" | [f]=g | 1+1 | 100%25 | a, b | c & d | h#i?j',
        message: '–',
        requests: 'Plex: 2 details, 1 edits · Stash: 1',
        afterwards: '–',
      },
    }),
    worldCase({
      input: 'a date that is none: 2024-13-45',
      act: (world) => edit(world, { title: 'Dated', date: '2024-13-45' }),
      look: (world) => `date in Plex: ${fieldsOf(world).originallyAvailableAt ?? 'none'}`,
      expected: {
        state: 'all scenes synced · breakers closed · date in Plex: none',
        message: 'date “2024-13-45” is no date and is not sent',
        requests: 'Plex: 2 details, 1 edits · Stash: 1',
        afterwards: '–',
      },
    }),
  ],
};
