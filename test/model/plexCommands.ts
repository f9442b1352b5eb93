import path from 'node:path/posix';
import fc from 'fast-check';
import type { ItemState } from '../../simulator/plex/libraryAccess.ts';
import type { SampleFile } from '../../simulator/sampleLibrary.ts';
import { type Command, command } from './command.ts';
import type { LivingWorld } from './livingWorld.ts';

const file = fc.nat(20);
const word = fc.constantFrom('Red', 'Green', 'Blue', 'Amber');
const words = fc.subarray(['Red', 'Green', 'Teal']);
/** A scan takes two seconds until what it found is whole. */
const SCAN_MS = 3_000;

interface Sampled {
  readonly number: number;
  readonly sample: SampleFile;
  readonly item: ItemState | undefined;
}

function sampled({ world, expected }: LivingWorld, place: number): Sampled {
  const number = (place % world.samples.length) + 1;
  const sample = world.samples[number - 1];
  if (sample === undefined) throw new Error(`there is no sample ${number}`);
  return { number, sample, item: expected.items(number)[0] };
}

const person = fc
  .record({ file, text: fc.constantFrom('', 'By hand'), genres: words, actors: words, isTitle: fc.boolean() })
  .map(({ file, text, genres, actors, isTitle }) =>
    command(`a person edits item ${file}: ${JSON.stringify({ text, genres, actors, isTitle })}`, (living) => {
      const { number, item } = sampled(living, file);
      if (item === undefined) return;
      const people = actors.map((name) => `${name} Doe`);
      const title = isTitle ? ['Title by hand'] : [];
      living.expected.broughtBySomebody(number, [text, ...title], [...genres, ...people]);
      living.world.plex.library.editAsPerson(item.ratingKey, {
        fields: { summary: text, studio: text, ...(isTitle ? { title: 'Title by hand' } : {}) },
        tags: { genre: genres },
        actors: people.map((name) => ({ name, role: 'By a person' })),
      });
    }),
  );

/** Plex's times count seconds, and so does the path of a poster: within the second of our edit it would not show. */
const SECOND_MS = 1_000;

const choosePoster = file.map((file) =>
  command(`a person selects another poster for item ${file}`, (living) => {
    const { item } = sampled(living, file);
    if (item === undefined) return;
    living.world.clock.advance(SECOND_MS);
    living.world.plex.library.editAsPerson(item.ratingKey, { poster: 'upload://posters/by-hand' });
    living.world.clock.advance(SECOND_MS);
  }),
);

/** Deleted, its file left alone: the next scan does not bring it back, adding it does. */
const remove = file.map((file) =>
  command(`remove item ${file}`, (living) => {
    const { number, item } = sampled(living, file);
    if (item === undefined) return;
    living.expected.goes(number, item);
    living.world.plex.library.removeItem(item.ratingKey);
  }),
);

/** Under a new key, bare or, as after a library was put back, with all that was there. */
const add = fc.record({ file, folder: word, isWhole: fc.boolean() }).map(({ file, folder, isWhole }) =>
  command(`add file ${file} to Plex in ${folder}${isWhole ? ', with what it held' : ''}`, (living) => {
    const { number, sample, item } = sampled(living, file);
    if (item !== undefined) return;
    const at = `/media/${folder}/${path.basename(sample.plexPath)}`;
    living.expected.moves(number, at);
    const { size, durationMs } = sample;
    const last = isWhole ? living.expected.lastOf(number) : undefined;
    const held = last === undefined ? {} : heldBy(last);
    living.world.plex.library.addItem('1', { files: [{ path: at, size, durationMs }], ...held });
  }),
);

const heldBy = ({ title, fields, tags, actors, locks }: ItemState) => ({
  title,
  fields,
  tags,
  actors,
  locks,
});

const rescan = fc.record({ file, folder: word, isRenamed: fc.boolean() }).map(({ file, folder, isRenamed }) =>
  command(`move file ${file} of Plex to ${folder}${isRenamed ? ' under another name' : ''}`, (living) => {
    const { number, item } = sampled(living, file);
    const [from] = item?.files ?? [];
    const to = `/media/${folder}/${isRenamed ? `${folder} ` : ''}${path.basename(from ?? '')}`;
    if (from === undefined || from === to) return;
    living.expected.moves(number, to);
    living.world.plex.library.renameFile(from, to);
    living.world.plex.library.scan('1');
    living.world.clock.advance(SCAN_MS);
  }),
);

export const plexCommands: readonly fc.Arbitrary<Command>[] = [
  person,
  person,
  choosePoster,
  remove,
  add,
  add,
  rescan,
];
