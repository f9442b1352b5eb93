import { describe, expect, test } from 'vitest';
import { fillTemplate, templateProblem } from './template.ts';
import { entities, sampleScene } from './testing/samples.ts';

const [top, studio] = entities(['Network', 'Channel']);
const scene = sampleScene({
  title: 'A title',
  code: 'AB-12',
  date: '2024-05',
  studio: studio === undefined || top === undefined ? null : { ...studio, parents: [top] },
  performers: entities(['Ann', 'Bea']),
  director: 'Cid',
  groups: entities(['Trilogy']),
});

test.each([
  ['{title}', 'A title'],
  ['{studio} - {title}', 'Channel - A title'],
  ['{top_studio}: {title} ({year})', 'Network: A title (2024)'],
  ['[{code}] {performers}', '[AB-12] Ann, Bea'],
  ['{date} {director} {groups} #{id}', '2024-05 Cid Trilogy #42'],
  ['always the same', 'always the same'],
])('%s is filled', (template, filled) => {
  expect(fillTemplate(template, scene)).toBe(filled);
});

describe('a word that is empty', () => {
  const bare = sampleScene({ title: 'A title' });
  test.each([
    ['{studio} - {title}', 'A title'],
    ['{title} ({year})', 'A title'],
    ['[{studio}] {title}', 'A title'],
    ['{title} - {studio} - {code}', 'A title'],
    ['{code} {title} ({year}) #{id}', 'A title 42'],
    ['{title} - {code} - {id}', 'A title - 42'],
    ['{studio} {date}', ''],
  ])('takes what joins it along: %s', (template, filled) => {
    expect(fillTemplate(template, bare)).toBe(filled);
  });

  test('that is the title leaves nothing, so that Plex keeps its own', () => {
    expect(fillTemplate('{studio} - {title}', { ...scene, title: '' })).toBe('');
    expect(fillTemplate('{studio} {date}', { ...scene, title: '' })).toBe('Channel 2024-05');
  });
});

test('the name of the file comes without its extension', () => {
  const file = { size: 1, durationMs: 1, oshash: null, isInZip: false };
  const named = (basename: string) =>
    sampleScene({ files: [{ ...file, path: `/data/${basename}`, basename }] });
  expect(fillTemplate('{file}', named('Some.File.mp4'))).toBe('Some.File');
  expect(fillTemplate('{file}', named('.hidden'))).toBe('.hidden');
});

test('what stands in a value is no template', () => {
  expect(fillTemplate('{title}', { ...scene, title: '{studio} $& $1' })).toBe('{studio} $& $1');
});

test.each([
  ['{title} {nonsense}', /^\{nonsense\} is not known here; known: title, studio, /],
  ['{title', /^a brace stands alone$/],
  ['title}', /^a brace stands alone$/],
  ['{}', /^\{\} is not known here/],
])('%s is refused', (template, problem) => {
  expect(templateProblem(template)).toMatch(problem);
});

test('a good one is not', () => {
  expect(templateProblem('{studio} - {title} ({year})')).toBeNull();
});

test('a word that turns the writing is named by what it holds', () => {
  expect(templateProblem('{\u202etitle}')).toMatch(/^\{\\u202etitle\} is not known here/);
});
