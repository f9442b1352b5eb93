import type { ReliabilityPromise } from '../promise.ts';

export const serverPromises: readonly ReliabilityPromise[] = [
  {
    words: 'Plex is never hammered.',
    how: 'A server that is away gets one probe at a time, at last every five minutes, then one job, two, four. Two writes at a time at most, batches for whatever comes in bulk, no write for what is there, no question about our own edits, rests between the pages of a comparison.',
    tests: [
      'test/faults/plexAway.test.ts',
      'test/faults/brokenWire.test.ts',
      'test/engine/plexEvents.test.ts',
      'src/core/plexNews.test.ts',
      'test/sync/requests.test.ts',
      'test/sync/gentle.test.ts',
      'test/sync/images.test.ts',
      'test/budgets/counts.test.ts',
    ],
    parts: ['network'],
    mutations: [
      'hammer-in-an-outage',
      'no-probe-before-the-breaker-closes',
      'echo-own-writes',
      'drift-revives-the-dead',
      'look-at-every-cover',
      'take-what-rests',
      'ask-in-small-batches',
    ],
  },
  {
    words: 'A single edit does not wait behind a bulk.',
    how: 'What comes in bulk has a priority of its own; a quarter of each batch goes by age, so that a bulk ends as well.',
    tests: ['src/core/priority.test.ts', 'test/engine/bursts.test.ts'],
    parts: [],
    mutations: ['invert-the-priority'],
  },
  {
    words: 'Stash is not held up, and sees no error of ours.',
    how: 'hook.sh only leaves a file, ends with 0 whatever happens, and says nothing on stdout. A daemon that listens takes what comes at once.',
    tests: ['test/hook/storing.test.ts', 'test/hook/programs.test.ts', 'test/engine/stashEvents.test.ts'],
    parts: ['crashes'],
    mutations: ['fail-in-stash'],
  },
  {
    words: 'Secrets never leak.',
    how: 'Tokens, keys and the address of a webhook are taken out of every line, message, row and answer, also where a server repeats them; files are for their owner alone.',
    tests: [
      'test/faults/secrets.test.ts',
      'src/log/redact.test.ts',
      'src/log/logger.test.ts',
      'src/server/web/dashboard/settings/settingsPage.test.ts',
      'test/service/privateFiles.test.ts',
      'test/service/uncaught.test.ts',
    ],
    parts: ['crashes'],
    mutations: ['say-a-secret', 'let-others-read', 'send-secrets-to-browsers'],
  },
  {
    words: 'Strangers and pages of other sites can do nothing in the dashboard.',
    how: 'Beyond this machine it is shown only with a password, whose guessing is slowed down; what is posted has to come from its own pages.',
    tests: ['src/server/web/dashboard/dashboard.test.ts', 'src/server/web/access.test.ts'],
    parts: [],
    mutations: [
      'let-in-without-a-session',
      'show-all-without-a-password',
      'guess-passwords-at-leisure',
      'take-forms-of-other-sites',
    ],
  },
];
