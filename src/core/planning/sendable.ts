import { type ListFieldName, listFacts, type TextFieldName, textFacts } from '../field.ts';
import { cutTo, cutToEncoded, encodedLength, foldName, normalForm } from '../text.ts';
import { visibleText } from '../visibleText.ts';

/** A value as it is sent; the warning says what was left out, null when nothing was. */
export interface Sendable<Value> {
  readonly value: Value;
  readonly warning: string | null;
}

/**
 * A text in normal form, within its limit.
 * @param maxEncoded what one field may take in a URL, once a longer one was refused; null: not known
 */
export function sendableText(
  field: TextFieldName,
  text: string,
  maxEncoded: number | null,
): Sendable<string> {
  if (field === 'originallyAvailableAt') return sendableDate(text);
  const { limit, shape, stash } = textFacts(field);
  const whole = normalForm(text, shape === 'paragraphs' ? shape : 'line');
  const cut = cutTo(limit, whole);
  const value = maxEncoded === null ? cut : cutToEncoded(maxEncoded, cut);
  const warning =
    value === whole
      ? null
      : `${stash} of ${whole.length} characters, of which the first ${value.length} are sent`;
  return { value, warning };
}

/** In the given order, so that the same ones are sent each time; what folds to the same name is one. */
export function sendableNames(
  field: ListFieldName,
  given: readonly string[],
  { max, maxEncoded }: { readonly max: number; readonly maxEncoded: number | null },
): Sendable<readonly string[]> {
  const { limit, stash } = listFacts(field);
  const names = new Map<string, string>();
  for (const name of given) {
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
  const { stash } = textFacts('originallyAvailableAt');
  return { value: '', warning: `${stash} “${visibleText(text)}” is no date and is not sent` };
}

/** Whether the calendar has this day: what it has not is either refused or moved into the next month. */
function isDay(date: string): boolean {
  const time = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(date);
}
