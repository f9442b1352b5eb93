import { type PathMap, parsePathMaps } from '../../core/matching/pathMap.ts';
import { fail, type Result, succeed } from '../../core/result.ts';
import type { SettingValue } from '../../core/settings/settingSchema.ts';
import type { ComparedFiles, Progress, Trial } from '../../setup/trial.ts';
import { settingProblem, settingValue } from './settingProblem.ts';
import { type SetupTalk, settled } from './setupTalk.ts';

export interface ChosenPaths {
  readonly compared: ComparedFiles;
  /** For `path_map`; null: PlexSync goes on learning by itself. */
  readonly answer: readonly string[] | null;
}

/** Reads both sides, and shows how far their paths agree. */
export async function comparePaths(talk: SetupTalk, trial: Trial): Promise<Result<ChosenPaths>> {
  const { screen } = talk;
  const telling =
    (whose: string) =>
    ({ done, of }: Progress): void =>
      screen.progress(`Reading ${whose} … ${count(done)}${of === null ? '' : ` of ${count(of)}`}`);
  const plex = await screen.during('Reading Plex …', () => trial.readPlex(telling('Plex')));
  if (!plex.ok) return plex;
  const stash = await screen.during('Reading Stash …', () => trial.readStash(telling('Stash')));
  if (!stash.ok) return stash;
  const known = textsOf(settled(talk, 'path_map')?.value);
  const before = textsOf(talk.given('path_map')?.value);
  const compared = trial.compareFiles(known === null ? null : mapsOf(known));
  show(talk, compared);
  if (compared.common === 0)
    return withoutCommonFiles(talk, compared, { items: plex.value.items, answer: known });
  if (talk.questions === null || known !== null) return succeed({ compared, answer: known });
  return succeed(await choosePaths(talk, trial, { compared, before }));
}

/** Some files lie elsewhere in every library. */
const MOST = 0.9;

const count = (number: number): string => number.toLocaleString('en');

function show({ screen }: SetupTalk, compared: ComparedFiles): void {
  const { looked, common, agreeing, byMap, maps, example } = compared;
  if (common === 0) return;
  const isGood = agreeing >= common * MOST;
  screen.found(isGood ? 'good' : 'note', 'Files', `${count(agreeing)} of ${count(common)} files agree`);
  maps.forEach(({ from, to }, nth) => screen.detail(`${from} => ${to}, ${count(byMap[nth] ?? 0)} files`));
  if (maps.length === 0) screen.detail('Both sides name them by the same paths.');
  const astray = common - agreeing;
  if (astray > 0) {
    screen.detail(
      `${count(astray)} ${astray === 1 ? 'lies' : 'lie'} elsewhere in Plex, where name and size find them.`,
    );
  }
  if (!isGood && example !== null) {
    screen.detail('For example in Stash and in Plex:');
    screen.detail(example.stash);
    screen.detail(example.plex ?? '');
  }
  if (looked > common) {
    const missing = looked - common;
    screen.detail(`${count(missing)} more of Stash ${missing === 1 ? 'is' : 'are'} not in these libraries.`);
  }
}

async function withoutCommonFiles(
  { screen, questions, options }: SetupTalk,
  compared: ComparedFiles,
  { items, answer }: { readonly items: number; readonly answer: readonly string[] | null },
): Promise<Result<ChosenPaths>> {
  const { looked, example } = compared;
  const words =
    looked === 0
      ? 'Stash has no scene with a file.'
      : items === 0
        ? 'The libraries of Plex are empty.'
        : `None of ${count(looked)} files of Stash is in these libraries, by name and size.`;
  const advice =
    looked > 0 && items > 0
      ? `Look whether these are the libraries with your scenes, and whether Plex has scanned them. Stash has, for example, ${example?.stash ?? ''}.`
      : 'Let it scan your files; PlexSync can be set up before that.';
  screen.found('bad', 'Files', words);
  screen.detail(advice);
  const goesOn =
    options.anyway === true ||
    (questions !== null && (await questions.confirm({ message: 'Go on all the same?', proposed: false })));
  return goesOn
    ? succeed({ compared, answer })
    : fail({ class: 'no-match', message: words, advice: `${advice} --anyway goes on all the same.` });
}

/** What was found is good enough for nearly all; whoever knows better says so, and sees what it does. */
async function choosePaths(
  talk: SetupTalk,
  trial: Trial,
  { compared, before }: { readonly compared: ComparedFiles; readonly before: readonly string[] | null },
): Promise<ChosenPaths> {
  const { questions } = talk;
  if (questions === null) return { compared, answer: null };
  if (before === null && compared.maps.length === 0 && compared.agreeing === compared.common) {
    return { compared, answer: null };
  }
  type Way = 'learn' | 'before' | 'these' | 'own';
  const kept =
    before === null
      ? []
      : [{ value: 'before', label: `Keep those set before: ${before.join(', ')}` } as const];
  const these =
    compared.maps.length === 0 ? [] : [{ value: 'these', label: 'These, and never others' } as const];
  const way = await questions.choose<Way>({
    message: 'Path maps',
    choices: [
      ...kept,
      {
        value: 'learn',
        label: compared.maps.length === 0 ? 'Learn from files' : 'These, and learn on from files',
        hint: 'recommended',
      },
      ...these,
      { value: 'own', label: 'Others, which I type' },
    ],
    proposed: 0,
  });
  switch (way) {
    case 'learn':
      return { compared, answer: null };
    case 'these':
      return { compared, answer: compared.maps.map(mapText) };
    case 'before': {
      const maps = before ?? [];
      return { compared: trial.compareFiles(mapsOf(maps)), answer: maps };
    }
    case 'own': {
      const typed = await questions.text({
        message: 'Path maps: Stash prefix=>Plex prefix, separated by commas',
        proposed: compared.maps.map(mapText).join(', '),
        problemOf: settingProblem('path_map'),
      });
      const texts = textsOf(settingValue('path_map', typed)) ?? [];
      const tried = trial.compareFiles(mapsOf(texts));
      show(talk, tried);
      return (await questions.confirm({
        message: 'Use these?',
        proposed: tried.agreeing >= compared.agreeing,
      }))
        ? { compared: tried, answer: texts }
        : choosePaths(talk, trial, { compared, before });
    }
  }
}

const mapText = ({ from, to }: PathMap): string => `${from}=>${to}`;

const textsOf = (value: SettingValue | undefined): readonly string[] | null =>
  Array.isArray(value) ? value.map(String) : null;

/** They were checked where they came in. */
function mapsOf(texts: readonly string[]): readonly PathMap[] {
  const parsed = parsePathMaps(texts);
  return parsed.ok ? parsed.value : [];
}
