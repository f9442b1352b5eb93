import type { ReliabilityPromise } from '../promise.ts';

export const networkPromises: readonly ReliabilityPromise[] = [
  {
    words:
      'It recovers by itself from a network that breaks, whichever way, and from servers that restart, are slow or refuse its token.',
    how: 'Connections that are refused, reset, cut off, slowed down, swallowed or answered with garbage, and names that do not resolve, cost no edit, no attempt and no dead letter. What looks like wrong settings is probed each minute. Sockets are sought again, ever more seldom while they do not last.',
    tests: [
      'test/faults/brokenWire.test.ts',
      'test/faults/plexAway.test.ts',
      'test/faults/stashAway.test.ts',
      'test/faults/refused.test.ts',
      'test/engine/listenToPlex.test.ts',
      'test/engine/stashEvents.test.ts',
    ],
    parts: ['network'],
    mutations: ['names-are-settings', 'broken-off-is-refused', 'seek-a-lost-socket-at-once'],
  },
  {
    words: 'An edit that was carried out is not sent again because its answer got lost.',
    how: 'A request to write is never repeated by itself, also not over a connection that turned out to be dead: the next look reads what Plex shows.',
    tests: ['src/http/request.test.ts', 'test/faults/edits.test.ts', 'test/faults/brokenWire.test.ts'],
    parts: ['network'],
    mutations: ['send-a-write-again'],
  },
  {
    words: 'No server gets more at once than it is meant to.',
    how: 'Six requests, and two edits of Plex among them, also when all kept connections are dead after a restart. After an outage jobs go out one, two, four at a time.',
    tests: ['src/http/request.test.ts', 'test/sync/requests.test.ts', 'test/faults/plexAway.test.ts'],
    parts: ['network', 'load', 'soak'],
    mutations: [
      'retry-past-the-limit',
      'more-writers-at-once',
      'flood-after-an-outage',
      'hammer-in-an-outage',
    ],
  },
];
