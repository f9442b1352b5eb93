import { type Scene, topStudio } from '../scene.ts';
import { visibleText } from '../visibleText.ts';

/** What a template may name, in braces. */
const VALUES = {
  title: (scene) => scene.title,
  studio: (scene) => scene.studio?.name ?? '',
  top_studio: (scene) => topStudio(scene)?.name ?? '',
  code: (scene) => scene.code,
  date: (scene) => scene.date ?? '',
  year: (scene) => scene.date?.slice(0, 4) ?? '',
  performers: (scene) => scene.performers.map(({ name }) => name).join(', '),
  director: (scene) => scene.director,
  groups: (scene) => scene.groups.map(({ name }) => name).join(', '),
  file: (scene) => (scene.files[0]?.basename ?? '').replace(/(?<=.)\.[^.]*$/, ''),
  id: (scene) => scene.id,
} satisfies Record<string, (scene: Scene) => string>;
type Word = keyof typeof VALUES;

export const TEMPLATE_WORDS: readonly string[] = Object.keys(VALUES);

const WORD = /\{([^{}]*)\}/g;

/** What is wrong with a template, in words; null: nothing. */
export function templateProblem(template: string, words: readonly string[] = TEMPLATE_WORDS): string | null {
  const named = [...template.matchAll(WORD)].map(([, word = '']) => word);
  const unknown = named.find((word) => !words.includes(word));
  if (unknown !== undefined) return `{${visibleText(unknown)}} is not known here; known: ${words.join(', ')}`;
  return /[{}]/.test(template.replace(WORD, '')) ? 'a brace stands alone' : null;
}

/**
 * A template filled for a scene. A word that is empty takes what stands between it and its neighbours along:
 * `{studio} - {title}` of a scene without a studio is its title. One that names the title is empty without one.
 */
export function fillTemplate(template: string, scene: Scene): string {
  if (scene.title === '' && template.includes('{title}')) return '';
  return fillWords(template, (word) => VALUES[word as Word](scene));
}

/** The same with values of any origin. */
export function fillWords(template: string, valueOf: (word: string) => string): string {
  const [head = '', ...rest] = template.split(WORD);
  let filled = '';
  let between: string[] = [];
  let isFirst = true;
  // `rest` alternates: a word, the text after it.
  for (let index = 0; index < rest.length; index += 2) {
    const value = valueOf(rest[index] ?? '');
    if (value !== '') {
      filled += filled === '' ? (isFirst ? head : '') + value : joint(between) + value;
      between = [];
    }
    isFirst = false;
    between.push(rest[index + 1] ?? '');
    if (index + 2 === rest.length && value !== '') filled += between.join('');
  }
  return rest.length === 0 ? head : filled;
}

/** Between two words of which those in the middle are empty: what both sides agree on, else a space. */
const joint = (texts: readonly string[]): string => {
  const [first = ''] = texts;
  return texts.every((text) => text === first) ? first : ' ';
};
