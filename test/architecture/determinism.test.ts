import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { codeAlone } from './codeAlone.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Hours of backoff are to take milliseconds, and a test that fails is to fail again. */
const FORBIDDEN = {
  sleeps:
    /\bset(?:Timeout|Interval)\b|\btimers\/promises\b|\bvi\.waitFor\b|\bexpect\.poll\b|\beventually\b|\bAtomics\.wait\b/,
  'reads the clock of the machine': /\bDate\.now\b|\bnew Date\(\)|\bperformance\.now\b|\bhrtime\b/,
  'draws what no seed gives':
    /\bMath\.random\b|\brandomUUID\b|\brandomBytes\b|\brandomInt\b|\bgetRandomValues\b/,
} as const;

type Sin = keyof typeof FORBIDDEN;

interface Rule {
  readonly words: string;
  readonly holds: (path: string) => boolean;
  /** Each with its reason. One that is not needed any more is a stray, too. */
  readonly exceptions: Readonly<Record<string, Partial<Record<Sin, string>>>>;
}

const PROCESS = 'a daemon of its own process is met here';
const SOCKET = 'real sockets on loopback are met here, which say by no event that all has come';

const RULES: readonly Rule[] = [
  {
    words: 'core, engine and store are given clock and randomness',
    holds: (path) => /^src\/(core|engine|store)\//.test(path) && !/\.test\.ts$|\/testing\//.test(path),
    exceptions: {
      'src/engine/clock.ts': {
        sleeps: 'this is the clock that tests replace',
        'reads the clock of the machine': 'this is the clock that tests replace',
      },
      'src/engine/clientIdentifier.ts': {
        'draws what no seed gives': 'a name for life, kept in the database',
      },
      'src/engine/engine.ts': { 'draws what no seed gives': 'a name for the leases of this process' },
      'src/engine/openEngine.ts': { 'draws what no seed gives': 'here randomness is given to the engine' },
      'src/engine/wakeup.ts': { sleeps: 'between the rounds of a daemon; tests call the rounds' },
      'src/engine/daemon.ts': { sleeps: 'signs of life and the grace at the end of a real process' },
      'src/engine/answerWithin.ts': { sleeps: 'a person or a task of Stash waits for the answer' },
      'src/engine/doctor/askPlex.ts': { sleeps: 'a person waits for the doctor' },
      'src/engine/doctor/askStash.ts': { sleeps: 'a person waits for the doctor' },
      'src/engine/doctor/examine.ts': { 'reads the clock of the machine': 'a person waits for the doctor' },
    },
  },
  {
    words: 'tests of units and of the engine step',
    holds: (path) =>
      /^src\/.*(\.test\.ts$|\/testing\/|\/conformance(\/|\.ts$))/.test(path) ||
      /^test\/(engine|sync|model|faults|world|fakes)\//.test(path),
    exceptions: {
      'src/http/request.test.ts': {
        sleeps: 'fake timers are named; who comes too many at once comes within real time',
        'draws what no seed gives': 'names of sockets that no other test has',
      },
      'src/server/relay.test.ts': {
        sleeps: 'the relay looks at its folder by timers, since hook.sh can only leave files',
        'reads the clock of the machine': 'requests are too old by the clock of whoever left them',
      },
      'src/plugin/watch.test.ts': { 'reads the clock of the machine': 'that an end is not waited for' },
      'src/plugin/logFile.test.ts': {
        sleeps: 'rotating-file-stream opens its files when it likes',
        'reads the clock of the machine': 'from where the clock of the library is moved on',
      },
      'test/engine/daemonStart.test.ts': { sleeps: PROCESS },
      'test/engine/commandDryRun.test.ts': {
        sleeps: PROCESS,
        'reads the clock of the machine': 'rows are stored as a daemon stored them before',
      },
      'test/engine/stashEvents.test.ts': { sleeps: SOCKET },
    },
  },
];

const files = ['src', 'test'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => [folder, ...path.split(sep)].join('/')),
);

const sinsOf = (text: string): readonly Sin[] =>
  (Object.keys(FORBIDDEN) as Sin[]).filter((sin) => FORBIDDEN[sin].test(codeAlone(text)));

describe.each(RULES)('$words', ({ holds, exceptions }) => {
  const found = files
    .filter(holds)
    .flatMap((path) => sinsOf(readFileSync(join(ROOT, path), 'utf8')).map((sin) => ({ path, sin })));

  test('but for the exceptions with their reasons', () => {
    const strays = found.filter(({ path, sin }) => exceptions[path]?.[sin] === undefined);
    expect(strays.map(({ path, sin }) => `${path} ${sin}`)).toEqual([]);
  });

  test('and every exception is needed', () => {
    const needed = new Set(found.map(({ path, sin }) => `${path} ${sin}`));
    const excepted = Object.entries(exceptions).flatMap(([path, sins]) =>
      Object.keys(sins).map((sin) => `${path} ${sin}`),
    );
    expect(excepted.filter((each) => !needed.has(each))).toEqual([]);
  });
});

test.each<[string, readonly Sin[]]>([
  ["import { setTimeout as delay } from 'node:timers/promises';", ['sleeps']],
  ['await new Promise((resolve) => setTimeout(resolve, 50));', ['sleeps']],
  ['const startedAt = performance.now();', ['reads the clock of the machine']],
  ['const now = new Date();', ['reads the clock of the machine']],
  ['const jitter = Math.random();', ['draws what no seed gives']],
  ["url.replace('//', name); setTimeout(run, 50);", ['sleeps']],
  ['const name = `test-${Date.now()}`;', ['reads the clock of the machine']],
  ["// Math.random() is not for us\nconst words = 'Date.now';", []],
  ['const at = new Date(world.clock.now());', []],
])('%j would be seen', (text, sins) => {
  expect(sinsOf(text)).toEqual(sins);
});
