/** One criterion each of a filter, as tests on what it is about. What Stash refuses is thrown in its words. */
export type Modifier =
  | 'EQUALS'
  | 'NOT_EQUALS'
  | 'GREATER_THAN'
  | 'LESS_THAN'
  | 'IS_NULL'
  | 'NOT_NULL'
  | 'INCLUDES_ALL'
  | 'INCLUDES'
  | 'EXCLUDES'
  | 'MATCHES_REGEX'
  | 'NOT_MATCHES_REGEX'
  | 'BETWEEN'
  | 'NOT_BETWEEN';

export interface TextCriterion {
  readonly value: string;
  readonly modifier: Modifier;
}

/** `id`, counts and ratings compare as numbers, times as text: `updated_at` is not parsed (stash reference §3.2). */
export interface RangeCriterion<Value extends number | string> {
  readonly value: Value;
  readonly value2?: Value | null;
  readonly modifier: Modifier;
}

/** An empty text is NULL in the database, which passes no test but those for it, not even "is not". */
export function textTest({ value, modifier }: TextCriterion): (text: string) => boolean {
  switch (modifier) {
    case 'EQUALS':
    case 'NOT_EQUALS': {
      const pattern = likePattern(value);
      return (text) => text !== '' && pattern.test(asciiLower(text)) === (modifier === 'EQUALS');
    }
    case 'INCLUDES':
    case 'EXCLUDES': {
      const patterns = searchedWords(value).map((word) => likePattern(`%${word}%`));
      const includes = (text: string) => patterns.some((pattern) => pattern.test(asciiLower(text)));
      return (text) => text !== '' && includes(text) === (modifier === 'INCLUDES');
    }
    case 'MATCHES_REGEX':
    case 'NOT_MATCHES_REGEX': {
      const pattern = new RegExp(value, 'u');
      return (text) => (text !== '' && pattern.test(text)) === (modifier === 'MATCHES_REGEX');
    }
    case 'IS_NULL':
    case 'NOT_NULL':
      return (text) => (text.trim() === '') === (modifier === 'IS_NULL');
    default:
      throw new Error('Internal system error. Error <unsupported string filter modifier>');
  }
}

export function rangeTest<Value extends number | string>(
  criterion: RangeCriterion<Value>,
): (value: Value | null) => boolean {
  const { value, modifier } = criterion;
  const value2 = criterion.value2 ?? value;
  switch (modifier) {
    case 'EQUALS':
      return (found) => found === value;
    case 'NOT_EQUALS':
      return (found) => found !== null && found !== value;
    case 'GREATER_THAN':
      return (found) => found !== null && found > value;
    case 'LESS_THAN':
      return (found) => found !== null && found < value;
    case 'BETWEEN':
      return (found) => found !== null && found >= value && found <= value2;
    case 'NOT_BETWEEN':
      return (found) => found !== null && (found < value || found > value2);
    case 'IS_NULL':
      return (found) => found === null;
    case 'NOT_NULL':
      return (found) => found !== null;
    default:
      throw new Error(`Internal system error. Error <unsupported numeric modifier type ${modifier}>`);
  }
}

/** Any word counts, unless the whole is in quotes. */
function searchedWords(value: string): readonly string[] {
  const trimmed = value.trim();
  const unquoted = trimmed.replace(/^"+|"+$/g, '');
  return unquoted === trimmed ? trimmed.split(/\s+/) : [unquoted];
}

/** SQL's LIKE: `%` and `_` are wildcards, ASCII letters match in either case, others only as they are. */
function likePattern(pattern: string): RegExp {
  const source = asciiLower(pattern)
    .replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
    .replaceAll('%', '.*')
    .replaceAll('_', '.');
  return new RegExp(`^${source}$`, 'su');
}

function asciiLower(text: string): string {
  return text.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
