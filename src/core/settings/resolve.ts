import * as v from 'valibot';
import { parsePathMaps } from '../matching/pathMap.ts';
import { webhookProblem } from '../notify/webhookAddress.ts';
import { photoProblem } from '../planning/performerPhoto.ts';
import { templateProblem } from '../planning/template.ts';
import { fail, type Result, succeed } from '../result.ts';
import { visibleText } from '../visibleText.ts';
import { nearestKey } from './nearestKey.ts';
import { allowedWords, type SettingValue, settingSchema } from './settingSchema.ts';
import { SETTING_KEYS, SETTINGS, type SettingFacts, type SettingKey, type Settings } from './table.ts';

/** A place that settings come from. A value of null, an empty text, or none leaves it to the layers below. */
export interface SettingsLayer {
  readonly kind: 'file' | 'environment' | 'flag' | 'place' | 'stash';
  readonly values: Readonly<Record<string, unknown>>;
  /** What people call the setting there: `plexsync.config.json`, `PLEXSYNC_PLEX_URL`, `--plex-url`. */
  readonly nameOf: (key: string) => string;
}

export interface Origin {
  readonly kind: 'default' | SettingsLayer['kind'];
  readonly name: string;
}

/** One setting after all layers were asked. */
export type Resolution = { readonly origin: Origin } & (
  | { readonly ok: true; readonly value: SettingValue }
  | { readonly ok: false; readonly problem: string }
);
export type Resolutions = Readonly<Record<SettingKey, Resolution>>;

/** Later layers win. Every setting is answered for, so that `explain` can show the good beside the bad. */
export function resolveSettings(layers: readonly SettingsLayer[]): Resolutions {
  const resolutions = SETTING_KEYS.map((key) => [key, resolveSetting(key, layers)] as const);
  return Object.fromEntries(resolutions) as Record<SettingKey, Resolution>;
}

/** The settings, or one message for each that is wrong. */
export function settingsOf(resolutions: Resolutions): Result<Settings, readonly string[]> {
  const all = Object.values(resolutions);
  const problems = all.flatMap((resolution) => (resolution.ok ? [] : [resolution.problem]));
  if (problems.length > 0) return fail(problems);
  const values = Object.entries(resolutions).map(([key, resolution]) => [
    key,
    resolution.ok && resolution.value,
  ]);
  // Each value came through the schema of its own row of the table, from which its type is derived.
  return succeed(Object.fromEntries(values) as Settings);
}

/** Settings of which some may be wrong. */
export interface SettingsDespite {
  /** Complete; in place of what is wrong stands its default, or an empty text. */
  readonly settings: Settings;
  /** One message for each that is wrong. */
  readonly problems: readonly string[];
  /** Nothing is wrong but that required ones were never set. */
  readonly isNotSetUp: boolean;
}

/** For a daemon that starts before anybody has set it up, or goes on when a setting is spoilt. */
export function settingsDespite(resolutions: Resolutions): SettingsDespite {
  const wrong = Object.values(resolutions).filter((resolution) => !resolution.ok);
  const values = SETTING_KEYS.map((key) => {
    const resolution = resolutions[key];
    const facts = SETTINGS[key];
    return [key, resolution.ok ? resolution.value : 'default' in facts ? facts.default : ''];
  });
  return {
    // As in settingsOf().
    settings: Object.fromEntries(values) as Settings,
    problems: wrong.map(({ problem }) => problem),
    isNotSetUp: wrong.length > 0 && wrong.every(({ origin }) => origin.kind === 'default'),
  };
}

/**
 * Keys that are no settings, with the one that was probably meant. In the environment only slips of a setting
 * count: other programs may have names of their own there.
 */
export function unknownKeys(layer: SettingsLayer): readonly string[] {
  return Object.keys(layer.values)
    .filter((key) => !Object.hasOwn(SETTINGS, key) && !key.startsWith('$'))
    .map((key) => ({ key, nearest: nearestKey(key, SETTING_KEYS) }))
    .filter(({ nearest }) => layer.kind === 'file' || nearest !== null)
    .map(({ key, nearest }) => {
      const hint = nearest === null ? '.' : `; did you mean ${nearest}?`;
      return `${quote(key)} (${cut(visibleText(layer.nameOf(key)))}) is no setting and is ignored${hint}`;
    });
}

function resolveSetting(key: SettingKey, layers: readonly SettingsLayer[]): Resolution {
  const layer = layers.findLast(({ values }) => Object.hasOwn(values, key) && !isUnset(values[key]));
  if (layer === undefined) return defaultOf(key, layers);
  const facts = SETTINGS[key];
  const origin: Origin = { kind: layer.kind, name: layer.nameOf(key) };
  const refuse = (why: string): Resolution => ({
    ok: false,
    origin,
    problem: `${key} (${origin.name}): ${why}.`,
  });
  const parsed = v.safeParse(settingSchema(facts), layer.values[key]);
  if (!parsed.success) {
    return refuse(`found ${foundWords(layer.values[key], facts.kind)}; allowed: ${allowedWords(facts)}`);
  }
  const further = furtherProblem(key, parsed.output);
  return further === null ? { ok: true, origin, value: parsed.output } : refuse(further);
}

/** What the kind of a setting alone does not tell. */
function furtherProblem(key: SettingKey, value: SettingValue): string | null {
  if (key === 'path_map' && Array.isArray(value)) {
    const maps = parsePathMaps(value);
    return maps.ok ? null : maps.failure.join('; ');
  }
  if (typeof value !== 'string') return null;
  if (key === 'notify_url') {
    const allowed = webhookProblem(value);
    return allowed === null ? null : `found ${foundWords(value, 'secret')}; allowed: ${allowed}`;
  }
  const facts: SettingFacts = SETTINGS[key];
  const problem = key === 'performer_photo' ? photoProblem(value) : null;
  const wrong = facts.kind === 'template' ? templateProblem(value) : problem;
  if (wrong === null) return null;
  return `found ${foundWords(value, facts.kind)}: ${wrong}; allowed: ${allowedWords(facts)}`;
}

const isUnset = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === 'string' && value.trim() === '');

function defaultOf(key: SettingKey, layers: readonly SettingsLayer[]): Resolution {
  const facts = SETTINGS[key];
  const origin: Origin = { kind: 'default', name: 'default' };
  if ('default' in facts) return { ok: true, value: facts.default, origin };
  if (!facts.required) return { ok: true, value: '', origin };
  const places = layers
    .filter(({ kind }) => kind !== 'place')
    .map((layer) => layer.nameOf(key))
    .join(', ');
  return {
    ok: false,
    origin,
    problem: `${key}: found nothing; allowed: ${allowedWords(facts)}. Set it by ${places}.`,
  };
}

/** What was found, never a secret: not a token, not one in a URL, not one that was typed where a URL belongs. */
function foundWords(value: unknown, kind: (typeof SETTINGS)[SettingKey]['kind']): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  if (kind === 'secret') return 'a value that is not shown';
  if (typeof value !== 'string') return JSON.stringify(value);
  if (kind !== 'url') return quote(value);
  if (!/[.:/]/u.test(value)) return 'a text that is no address';
  return quote(value.replace(/\/\/[^/]*@/u, '//***@').replace(/[?#].*$/su, '?***'));
}

const LONGEST_QUOTE = 80;

function quote(text: string): string {
  return `"${cut(visibleText(text))}"`;
}

const cut = (text: string): string =>
  text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text;
