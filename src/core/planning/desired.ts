import { FIELDS, type ListFieldName, type TextFieldName } from '../field.ts';
import type { NamedEntity, Scene } from '../scene.ts';
import { cutTo, cutToEncoded, encodedLength, foldName, normalForm } from '../text.ts';
import { visibleText } from '../visibleText.ts';
import type { Desired } from './plan.ts';

const MAX_PERFORMERS = 50;

export interface DesiredScene {
  readonly desired: Desired;
  /** What of the scene is not sent, in plain words. */
  readonly warnings: readonly string[];
}

export interface Limits {
  readonly maxTags: number;
  /** What one field may take in a URL, once Plex or a proxy has refused a longer one; null: not known. */
  readonly maxEncoded: number | null;
}

/** A value as it is sent; the warning says what was left out, null when nothing was. */
interface Sendable<Value> {
  readonly value: Value;
  readonly warning: string | null;
}

/** What Plex is to hold for this scene: every text in normal form and within its limit. */
export function desiredOf(scene: Scene, limits: Limits): DesiredScene {
  const { maxEncoded } = limits;
  const title = sendableText('title', scene.title, maxEncoded);
  const studio = sendableText('studio', scene.studio?.name ?? '', maxEncoded);
  const summary = sendableText('summary', scene.details, maxEncoded);
  const date = sendableDate(scene.date ?? '');
  const actors = sendableNames('actors', scene.performers, { max: MAX_PERFORMERS, maxEncoded });
  const genres = sendableNames('genres', scene.tags, { max: limits.maxTags, maxEncoded });
  return {
    desired: {
      title: title.value,
      studio: studio.value,
      summary: summary.value,
      originallyAvailableAt: date.value,
      actors: actors.value,
      genres: genres.value,
    },
    warnings: [title, studio, summary, date, actors, genres].flatMap(({ warning }) => warning ?? []),
  };
}

function sendableText(field: TextFieldName, text: string, maxEncoded: number | null): Sendable<string> {
  const { limit, isLine, stash } = FIELDS[field];
  const whole = normalForm(text, isLine ? 'line' : 'paragraphs');
  const cut = cutTo(limit, whole);
  const value = maxEncoded === null ? cut : cutToEncoded(maxEncoded, cut);
  const warning =
    value === whole
      ? null
      : `${stash} of ${whole.length} characters, of which the first ${value.length} are sent`;
  return { value, warning };
}

/** In Stash's order, so that the same ones are sent each time; what folds to the same name is one. */
function sendableNames(
  field: ListFieldName,
  entities: readonly NamedEntity[],
  { max, maxEncoded }: { readonly max: number; readonly maxEncoded: number | null },
): Sendable<readonly string[]> {
  const { limit, stash } = FIELDS[field];
  const names = new Map<string, string>();
  for (const { name } of entities) {
    const value = cutTo(limit, normalForm(name, 'line'));
    const key = foldName(value);
    if (value !== '' && !names.has(key)) names.set(key, value);
  }
  const value = firstThatFit([...names.values()].slice(0, max), maxEncoded ?? Number.POSITIVE_INFINITY);
  const warning =
    names.size === value.length
      ? null
      : `${names.size} ${stash}, of which the first ${value.length} are sent`;
  return { value, warning };
}

/** What an entry takes in a URL beside its name: `&genre%5B99%5D.tag.tag=`. */
const ENCODED_ENTRY = 30;

function firstThatFit(names: readonly string[], maxEncoded: number): readonly string[] {
  let left = maxEncoded;
  const tooMany = names.findIndex((name) => {
    left -= encodedLength(name) + ENCODED_ENTRY;
    return left < 0;
  });
  return tooMany === -1 ? names : names.slice(0, tooMany);
}

const DATE = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;

/** Stash knows dates of a year or a month alone (stash reference §3.3); Plex wants a day. */
function sendableDate(text: string): Sendable<string> {
  const date = normalForm(text, 'line');
  if (date === '') return { value: '', warning: null };
  const [, year, month = '01', day = '01'] = DATE.exec(date) ?? [];
  const value = `${year}-${month}-${day}`;
  if (year !== undefined && isDay(value)) return { value, warning: null };
  return {
    value: '',
    warning: `${FIELDS.originallyAvailableAt.stash} “${visibleText(text)}” is no date and is not sent`,
  };
}

/** Whether the calendar has this day: what it has not is either refused or moved into the next month. */
function isDay(date: string): boolean {
  const time = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(date);
}
