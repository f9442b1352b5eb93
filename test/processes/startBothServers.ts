import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type PlexSimulator, startPlexSimulator } from '../../simulator/plex/server.ts';
import { type SampleFile, sampleLibrary } from '../../simulator/sampleLibrary.ts';
import { fillLibrary } from '../../simulator/stash/model/fillLibrary.ts';
import type { SceneRow } from '../../simulator/stash/model/rows.ts';
import type { Plugin } from '../../simulator/stash/plugins/plugin.ts';
import { type StashSimulator, startStashSimulator } from '../../simulator/stash/simulator.ts';
import { assumedPlex } from '../world/assumedPlex.ts';
import { posterKey } from '../world/pictures.ts';
import { PLEX_TOKEN, STASH_API_KEY } from './secrets.ts';

const HOOK: Plugin = {
  id: 'plexsync',
  exec: ['sh', '{pluginDir}/hook.sh', 'hook'],
  pluginDir: fileURLToPath(new URL('../../src/plugin', import.meta.url)),
};
/** A genre that a person gave to every item in Plex: PlexSync is to leave it there. */
const BY_HAND = 'Kept by hand';

/** Both simulators in the process of the test, on the real clock, and a folder for PlexSync. */
export interface BothServers {
  readonly stash: StashSimulator;
  readonly plex: PlexSimulator;
  readonly folder: string;
  readonly dataDir: string;
  readonly inboxDir: string;
  /** What PlexSync has to be told, as environment. */
  readonly env: Readonly<Record<string, string>>;
  /** The nth scene, from 1, as Stash numbers them. */
  scene(number: number): SceneRow;
  /** What the nth scene should look like in Plex, and what it does; null: there is no item. */
  sides(number: number): { readonly expected: Shown; readonly shown: Shown | null };
  /** What Plex shows otherwise than Stash; no words when all these scenes have arrived. */
  differences(numbers: readonly number[]): readonly string[];
}

/** To be closed by whoever started them. */
export interface RunningServers extends BothServers {
  close(): Promise<void>;
}

export interface Shown {
  readonly title: string;
  readonly studio: string;
  readonly actors: readonly string[];
  readonly genres: readonly string[];
  readonly uploads: readonly string[];
  readonly poster: string | null;
}

export interface BothServersRequest {
  readonly files: number;
  /** Settings beside those that every PlexSync needs. */
  readonly env?: Readonly<Record<string, string>>;
  /** Covers change more than once: what was uploaded before stays in Plex, and only what is selected counts. */
  readonly doCoversChange?: true;
  /** Stash runs hook.sh, as a real process each, with the inbox of this PlexSync. */
  readonly hasHook?: true;
}

export async function startBothServers(request: BothServersRequest): Promise<RunningServers> {
  const folder = mkdtempSync(path.join(tmpdir(), 'plexsync-processes-'));
  const dataDir = path.join(folder, 'data');
  const inboxDir = path.join(folder, 'inbox');
  const samples = sampleLibrary(request.files);
  const stash = await startStashSimulator({
    configDir: folder,
    switches: { apiKey: STASH_API_KEY },
    plugins: request.hasHook === true ? [HOOK] : [],
    env: { PATH: process.env['PATH'], PLEXSYNC_INBOX_DIR: inboxDir },
  });
  fillLibrary(stash.library, samples);
  const plex = await startPlexSimulator({
    token: PLEX_TOKEN,
    switches: assumedPlex(),
    sections: [{ title: 'Movies', items: samples.map(itemOf) }],
  });
  const scene = (number: number): SceneRow => {
    const found = stash.library.scenes.get(number);
    if (found === undefined) throw new Error(`there is no scene ${number}`);
    return found;
  };
  const sides: BothServers['sides'] = (number) => {
    const given = { hasUploads: request.doCoversChange !== true };
    return {
      expected: shownByStash(stash, scene(number), given),
      shown: shownByPlex(plex, samples[number - 1], given),
    };
  };
  return {
    stash,
    plex,
    folder,
    dataDir,
    inboxDir,
    env: {
      PLEXSYNC_PLEX_URL: plex.url,
      PLEXSYNC_PLEX_TOKEN: PLEX_TOKEN,
      PLEXSYNC_STASH_URL: stash.url,
      PLEXSYNC_STASH_API_KEY: STASH_API_KEY,
      PLEXSYNC_DATA_DIR: dataDir,
      PLEXSYNC_INBOX_DIR: inboxDir,
      PLEXSYNC_FIRST_SYNC: 'run',
      ...request.env,
    },
    scene,
    sides,
    differences: (numbers) =>
      numbers.flatMap((number) => {
        const { expected, shown } = sides(number);
        const [wanted, found] = [expected, shown].map((side) => JSON.stringify(side));
        return wanted === found ? [] : [`scene ${number}: Stash has ${wanted}, Plex shows ${found}`];
      }),
    close: async () => {
      await Promise.all([plex.close(), stash.close()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export const numbersTo = (last: number): readonly number[] =>
  Array.from({ length: last }, (_, index) => index + 1);

const itemOf = (sample: SampleFile) => ({
  files: [{ path: sample.plexPath, size: sample.size, durationMs: sample.durationMs }],
  tags: { genre: [BY_HAND] },
});

interface Given {
  readonly hasUploads: boolean;
}

/** Lists, not sets: what arrived twice is a difference. The order of tags is Plex's own. */
function shownByStash({ library }: StashSimulator, scene: SceneRow, given: Given): Shown {
  const named = (
    table: { get(id: number): { readonly name: string } | undefined },
    ids: readonly number[],
  ): readonly string[] => ids.flatMap((id) => table.get(id)?.name ?? []);
  const cover = library.coverOf(scene);
  return {
    title: scene.title,
    studio: scene.studioId === null ? '' : (library.studios.get(scene.studioId)?.name ?? ''),
    actors: [...named(library.performers, scene.performerIds)].sort(),
    genres: [...named(library.tags, scene.tagIds), BY_HAND].sort(),
    ...postersOf(given, cover === null ? [] : [posterKey(cover)]),
  };
}

function shownByPlex({ library }: PlexSimulator, sample: SampleFile | undefined, given: Given): Shown | null {
  const [key = ''] = sample === undefined ? [] : library.ratingKeys({ path: sample.plexPath });
  const item = library.read(key);
  if (item === null) return null;
  const uploads = item.posters.filter((each) => each.startsWith('upload://'));
  return {
    title: item.title,
    studio: item.fields.studio ?? '',
    actors: item.actors.map((actor) => actor.name).sort(),
    genres: [...item.tags.genre].sort(),
    ...postersOf(given, uploads, item.selectedPoster),
  };
}

/** Of uploads the last one is to be selected. */
const postersOf = (
  { hasUploads }: Given,
  uploads: readonly string[],
  selected: string | null = uploads.at(-1) ?? null,
): Pick<Shown, 'uploads' | 'poster'> => ({
  uploads: hasUploads ? uploads : [],
  poster: uploads.length === 0 ? null : selected,
});
