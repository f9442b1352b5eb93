import { htmlPage, maintenancePage, type Reply } from './api.ts';

/** What happens to a matching request. `answer`: instead of doing it. `wire`: to its connection. */
export type FaultEffect =
  | { readonly kind: 'answer'; readonly reply: Reply }
  | { readonly kind: 'wire'; readonly trouble: WireTrouble };

export type WireTrouble =
  | { readonly kind: 'delay' | 'trickle'; readonly ms: number }
  | { readonly kind: 'never' | 'reset' | 'reset-after-headers' | 'cut' | 'lost-reply' };

interface FaultDeclaration {
  /** What the argument means; null when there is none. */
  readonly argument: string | null;
  readonly words: string;
  /** Section of the Plex reference. */
  readonly reference: string;
  readonly effect: (argument: string) => FaultEffect;
}

const answer = (reply: Reply): FaultEffect => ({ kind: 'answer', reply });
const wire = (trouble: WireTrouble): FaultEffect => ({ kind: 'wire', trouble });
const page = (contentType: string, text: string): FaultEffect =>
  answer({ status: 200, body: { kind: 'text', contentType, text } });

export const FAULTS = {
  status: {
    argument: 'status code',
    words: 'an HTML error page; the request is not carried out',
    reference: '§1',
    effect: (code) => answer(htmlPage(Number(code))),
  },
  html: {
    argument: null,
    words: '200 with the HTML page of something that is not Plex',
    reference: '§8.14',
    effect: () => page('text/html', '<!DOCTYPE html><html><body>Welcome to your router</body></html>'),
  },
  empty: {
    argument: null,
    words: '200 with no body, not carried out',
    reference: '§8.11',
    effect: () => page('application/json', ''),
  },
  'wrong-types': {
    argument: null,
    words: '200 with JSON in which nothing has its documented type',
    reference: '§8.2',
    effect: () =>
      page(
        'application/json',
        '{"MediaContainer":{"size":[],"totalSize":"many","Metadata":{"ratingKey":null}}}',
      ),
  },
  maintenance: {
    argument: null,
    words: '503 with the XML page of a starting server',
    reference: '§1',
    effect: () => answer(maintenancePage),
  },
  redirect: {
    argument: 'URL',
    words: '302 to another place',
    reference: '§8.13',
    effect: (to) => answer(htmlPage(302, { location: to })),
  },
  'too-many': {
    argument: 'seconds',
    words: '429 with Retry-After, as of a proxy',
    reference: '§8.15',
    effect: (seconds) => answer(htmlPage(429, { 'retry-after': seconds })),
  },
  delay: {
    argument: 'ms',
    words: 'carried out at once, answered late',
    reference: '§8.12',
    effect: (ms) => wire({ kind: 'delay', ms: Number(ms) }),
  },
  trickle: {
    argument: 'ms',
    words: 'the body comes in 16 pieces, so far apart',
    reference: '§8.12',
    effect: (ms) => wire({ kind: 'trickle', ms: Number(ms) }),
  },
  never: {
    argument: null,
    words: 'neither carried out nor answered',
    reference: '§8.12',
    effect: () => wire({ kind: 'never' }),
  },
  reset: {
    argument: null,
    words: 'connection reset before anything was done',
    reference: '§8.9',
    effect: () => wire({ kind: 'reset' }),
  },
  'reset-after-headers': {
    argument: null,
    words: 'carried out, connection reset after the headers',
    reference: '§8.11',
    effect: () => wire({ kind: 'reset-after-headers' }),
  },
  cut: {
    argument: null,
    words: 'carried out, connection ends in the middle of the body',
    reference: '§8.11',
    effect: () => wire({ kind: 'cut' }),
  },
  'lost-reply': {
    argument: null,
    words: 'carried out, connection reset without an answer',
    reference: '§8.11',
    effect: () => wire({ kind: 'lost-reply' }),
  },
} as const satisfies Record<string, FaultDeclaration>;

export type FaultName = keyof typeof FAULTS;
export const FAULT_NAMES = Object.keys(FAULTS) as readonly FaultName[];

export interface FaultRule {
  readonly fault: FaultName;
  readonly argument?: string | number;
  /** Default: any. */
  readonly method?: string;
  /** Tested against the decoded path and query, `/library/sections/1/all?type=1&id=5`. Default: any. */
  readonly url?: RegExp;
  /** The first matching request it hits, counted from 1. */
  readonly nth?: number;
  /** How many matching requests it hits; default 1, Infinity for all. */
  readonly count?: number;
}

/** A rule at work. */
export interface ScriptedFault {
  /** Requests hit so far: a test that expects a fault can tell that it came to pass. */
  readonly hits: number;
}

interface Script {
  readonly rule: FaultRule;
  matches: number;
  hits: number;
}

export class Faults {
  #scripts: Script[] = [];

  add(rule: FaultRule): ScriptedFault {
    const script = { rule: checked(rule), matches: 0, hits: 0 };
    this.#scripts.push(script);
    return script;
  }

  clear(): void {
    this.#scripts = [];
  }

  /** Every rule counts the requests that match it; the first one due decides. */
  effectOn(method: string, url: string): { readonly name: FaultName; readonly effect: FaultEffect } | null {
    const [first] = this.#scripts.filter((script) => isDue(script, method, url));
    if (first === undefined) return null;
    first.hits += 1;
    const { fault, argument = '' } = first.rule;
    const declaration: FaultDeclaration = FAULTS[fault];
    return { name: fault, effect: declaration.effect(String(argument)) };
  }
}

function isDue(script: Script, method: string, url: string): boolean {
  const { rule } = script;
  if (rule.method !== undefined && rule.method !== method) return false;
  if (rule.url !== undefined && !rule.url.test(url)) return false;
  script.matches += 1;
  const first = rule.nth ?? 1;
  return script.matches >= first && script.matches < first + (rule.count ?? 1);
}

function checked(rule: FaultRule): FaultRule {
  const needs: string | null = FAULTS[rule.fault].argument;
  if ((needs === null) === (rule.argument === undefined)) return rule;
  throw new Error(
    `fault ${rule.fault} ${needs === null ? 'takes no argument' : `needs an argument: ${needs}`}`,
  );
}

/**
 * A rule as a command line gives it: `status=500 PUT /all nth=3 count=2`. Method and url (a regular
 * expression) may be left out. Throws with what is wrong.
 */
export function faultFrom(text: string): FaultRule {
  const [first = '', ...words] = text.trim().split(/\s+/);
  const [name, argument] = first.split(/=(.*)/s);
  const fault = FAULT_NAMES.find((one) => one === name);
  if (fault === undefined) throw new Error(`unknown fault ${name}: see --help`);
  const option = (key: string): number | undefined => {
    const found = words.find((word) => word.startsWith(`${key}=`))?.slice(key.length + 1);
    if (found === undefined) return undefined;
    return found === 'all' ? Number.POSITIVE_INFINITY : Number(found);
  };
  const method = words.find((word) => /^[A-Z]+$/.test(word));
  const url = words.find((word) => word.startsWith('/'));
  const [nth, count] = [option('nth'), option('count')];
  return checked({
    fault,
    ...(argument === undefined ? {} : { argument }),
    ...(method === undefined ? {} : { method }),
    ...(url === undefined ? {} : { url: new RegExp(url) }),
    ...(nth === undefined ? {} : { nth }),
    ...(count === undefined ? {} : { count }),
  });
}
