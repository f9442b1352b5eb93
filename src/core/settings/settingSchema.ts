import * as v from 'valibot';
import { TEMPLATE_WORDS } from '../planning/template.ts';
import type { SettingFacts } from './table.ts';

export type SettingValue = string | boolean | number | readonly string[];
type Schema = v.GenericSchema<unknown, SettingValue>;

/** What is accepted for a setting, be it a JSON value from the file or a text from the environment or a flag. */
export function settingSchema(facts: SettingFacts): Schema {
  switch (facts.kind) {
    case 'boolean':
      return booleanSchema;
    case 'number':
      return numberSchema(facts);
    case 'choice':
      return v.pipe(v.string(), v.trim(), v.toLowerCase(), v.picklist(facts.choices));
    case 'url':
      return urlSchema;
    case 'secret':
      // It goes into an HTTP header: a stray line end from copying must not make that fail obscurely.
      return v.pipe(v.string(), v.trim(), v.regex(/^[\x21-\x7e]+$/));
    case 'path':
    case 'text':
    case 'template':
      return v.pipe(v.string(), v.trim(), v.regex(/^\P{Cc}+$/u));
    case 'time':
      return timeSchema;
    case 'list':
      return listSchema;
  }
}

/** The same in words, for messages and the docs. */
export function allowedWords(facts: SettingFacts): string {
  switch (facts.kind) {
    case 'boolean':
      return 'true or false (also yes, no, on, off, 1, 0)';
    case 'number': {
      const unit = facts.unit === undefined ? '' : ` ${facts.unit}`;
      return `a ${facts.isWhole === true ? 'whole ' : ''}number from ${facts.min} to ${facts.max}${unit}`;
    }
    case 'choice':
      return facts.choices.join(', ');
    case 'url':
      return 'an address like http://127.0.0.1:32400, without user name, password, ? or #';
    case 'secret':
      return 'a text without spaces and line ends';
    case 'path':
      return 'a path';
    case 'text':
      return 'a text in one line';
    case 'template':
      return `a text in one line, with ${TEMPLATE_WORDS.map((word) => `{${word}}`).join(', ')}`;
    case 'time':
      return 'a time of day from 00:00 to 23:59';
    case 'list':
      return 'names separated by commas, or a JSON list of texts';
  }
}

/** `4:00` is `04:00`. */
const timeSchema = v.pipe(
  v.string(),
  v.trim(),
  v.transform((text) => text.padStart(5, '0')),
  v.regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/),
);

const TRUE_WORDS = ['true', 'yes', 'on', '1'];
const FALSE_WORDS = ['false', 'no', 'off', '0'];

const booleanSchema = v.union([
  v.boolean(),
  v.pipe(
    v.union([v.string(), v.number()]),
    v.transform((value) => String(value).trim().toLowerCase()),
    v.picklist([...TRUE_WORDS, ...FALSE_WORDS]),
    v.transform((word) => TRUE_WORDS.includes(word)),
  ),
]);

const numberText = v.pipe(v.string(), v.trim(), v.regex(/^[+-]?\d+(?:\.\d+)?$/), v.transform(Number));

function numberSchema({ min, max, isWhole }: Extract<SettingFacts, { kind: 'number' }>): Schema {
  const inRange = v.pipe(v.union([v.number(), numberText]), v.minValue(min), v.maxValue(max));
  return isWhole === true ? v.pipe(inRange, v.integer()) : inRange;
}

/** Paths are appended to it, so it ends without a slash; a path prefix (reverse proxy) stays. */
const urlSchema = v.pipe(
  v.string(),
  v.trim(),
  v.regex(/^https?:\/\//iu),
  // Of a long and senseless text canParse() may say that it is an address, which new URL() then refuses.
  v.check((text) => URL.parse(text) !== null),
  v.transform((text) => new URL(text)),
  v.check((url) => url.username === '' && url.password === '' && url.search === '' && url.hash === ''),
  v.transform((url) => (url.origin + url.pathname).replace(/(?<!\/)\/+$/u, '')),
);

/** In a text a comma always separates: a name with a comma needs the JSON list. */
const listSchema = v.pipe(
  v.union([
    v.array(v.string()),
    v.pipe(
      v.string(),
      v.transform((text) => text.split(',')),
    ),
  ]),
  v.transform((entries): readonly string[] =>
    entries.map((entry) => entry.trim()).filter((entry) => entry !== ''),
  ),
);
