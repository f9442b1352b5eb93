import type { Failure } from '../../core/failure.ts';
import type { LibraryOffers } from '../../core/firstRun/libraryOffers.ts';
import { fail, type Result, succeed } from '../../core/result.ts';
import { foldLibraryName } from '../../engine/sections.ts';
import { type SetupTalk, settled } from './setupTalk.ts';

/** The names of the libraries that hold scenes. */
export async function chooseLibraries(
  talk: SetupTalk,
  { offered, others }: LibraryOffers,
): Promise<Result<readonly string[]>> {
  const { screen, questions } = talk;
  const why = others.map(({ title, why: words }) => `${title} (${words})`).join(', ');
  const titles = offered.map(({ title }) => title);
  if (titles.length === 0) return fail(noLibrary(why));
  const named = settled(talk, 'plex_library');
  const known = named === null ? null : namesOf(named.value);
  const strange = (known ?? []).find((name) => !titles.some((title) => isSame(title, name)));
  if (strange !== undefined) return fail(unknownLibrary(strange, titles));
  if (why !== '') screen.found('note', 'Not offered', why);
  const before = namesOf(talk.given('plex_library')?.value ?? []);
  const proposed = titles.filter((title) => before.some((name) => isSame(title, name)));
  const chosen =
    known ??
    (questions === null || titles.length === 1
      ? titles
      : await questions.chooseSome({
          message: 'Which libraries hold your scenes?',
          choices: offered.map(({ title, folders }) => ({
            value: title,
            label: title,
            hint: folders.join(', '),
          })),
          proposed: proposed.length > 0 ? proposed : titles,
        }));
  screen.found('good', 'Libraries', chosen.join(', '));
  return succeed(chosen);
}

const namesOf = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);

const isSame = (one: string, other: string): boolean => foldLibraryName(one) === foldLibraryName(other);

const noLibrary = (others: string): Failure => ({
  class: 'settings',
  peer: 'plex',
  message: `Plex has no library of the type movie${others === '' ? '' : `, only ${others}`}.`,
  advice: 'Add one in Plex, of “Movies” or “Other Videos”, with the folders of your scenes.',
});

const unknownLibrary = (name: string, titles: readonly string[]): Failure => ({
  class: 'settings',
  peer: 'plex',
  message: `plex_library: found ${JSON.stringify(name)}; allowed: ${titles.map((title) => JSON.stringify(title)).join(', ')}.`,
  advice: 'Name libraries of the type movie that Plex has.',
});
