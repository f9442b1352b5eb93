import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decideAlerts, freshMemory, type NotifyFacts, type NotifyMemory, type PeerState } from './decide.ts';

const MINUTE = 60_000;
const START = 1_000 * MINUTE;
const PATIENCE = 10 * MINUTE;

const quiet: NotifyFacts = {
  now: START,
  patienceMs: PATIENCE,
  deaths: null,
  peers: { plex: { kind: 'well' }, stash: { kind: 'well' } },
  stop: null,
};

/** Looks at one state after the other; what was told, by the minute. */
function told(
  steps: readonly (Partial<NotifyFacts> & { readonly at: number })[],
  memory: NotifyMemory = freshMemory(START),
): readonly string[] {
  const said: string[] = [];
  let before = memory;
  for (const { at, ...facts } of steps) {
    // As from the database: a restart lies between any two of them.
    const decided = decideAlerts(
      { ...quiet, ...facts, now: START + at * MINUTE },
      JSON.parse(JSON.stringify(before)) as NotifyMemory,
    );
    said.push(...decided.alerts.map(({ event, text }) => `${at} ${event}: ${text}`));
    before = decided.memory;
  }
  return said.map((line) => line.replace(/ [^ ]*“plexsync.*$/u, ''));
}

const plex = (state: PeerState) => ({ peers: { ...quiet.peers, plex: state } });
const awaySince = (minute: number) => plex({ kind: 'away', since: START + minute * MINUTE });
const pausedSince = (minute: number) =>
  plex({ kind: 'paused', since: START + minute * MINUTE, class: 'auth' });
const well = plex({ kind: 'well' });
const unknown = plex({ kind: 'unknown' });

describe('an outage', () => {
  test('is told once it has lasted, once, and so is its end', () => {
    const steps = [1, 5, 10, 11, 12, 60].map((at) => ({ at, ...awaySince(1) }));
    expect(told([...steps, { at: 125, ...well }, { at: 126, ...well }])).toEqual([
      '11 outage: Plex has been unreachable for 10 min. What is edited meanwhile is kept.',
      '125 outage-over: Plex was unreachable for 2 h 4 min. What was kept is being carried.',
    ]);
  });

  test('that is over sooner is told of in no way', () => {
    expect(
      told([
        { at: 9, ...awaySince(0) },
        { at: 10, ...well },
      ]),
    ).toEqual([]);
  });

  test('is not over because a process that has just started has not asked yet', () => {
    const steps = [
      { at: 10, ...awaySince(0) },
      { at: 11, ...unknown },
      { at: 12, ...awaySince(0) },
    ];
    expect(told(steps)).toHaveLength(1);
  });

  test('of both servers is two', () => {
    const away: PeerState = { kind: 'away', since: START };
    expect(told([{ at: 10, peers: { plex: away, stash: away } }])).toHaveLength(2);
  });

  test('that goes over into a refused sign-in is told as that, too', () => {
    const steps = [
      { at: 10, ...awaySince(0) },
      { at: 20, ...pausedSince(20) },
      { at: 30, ...pausedSince(20) },
    ];
    expect(told([...steps, { at: 40, ...well }])).toEqual([
      '10 outage: Plex has been unreachable for 10 min. What is edited meanwhile is kept.',
      '30 paused: Sign-in refused. What is edited meanwhile is kept.',
      '40 paused-over: What was to be corrected is in order. What was kept is being carried.',
    ]);
  });
});

describe('a safety stop', () => {
  const stop = (minute: number) => ({ stop: { since: START + minute * MINUTE, advice: 'Look.' } });

  test('is told at once and once; the next one again', () => {
    const steps = [{ at: 1, ...stop(1) }, { at: 2, ...stop(1) }, { at: 3 }, { at: 4, ...stop(4) }];
    expect(told(steps)).toEqual(['1 stopped: Look.', '4 stopped: Look.']);
  });
});

describe('dead letters', () => {
  const dying = (first: number, last: number, count: number) => ({
    deaths: {
      byClass: { 'no-match': count },
      firstAt: START + first * MINUTE,
      lastAt: START + last * MINUTE,
    },
  });

  test('of one minute are one message, by class', () => {
    const deaths = {
      byClass: { rejected: 1, 'no-match': 11 },
      firstAt: START,
      lastAt: START + 30_000,
    };
    expect(told([{ at: 0.5, deaths }])).toEqual([]);
    expect(told([{ at: 1, deaths }])).toEqual([
      '1 dead-letters: Not in Plex: 11 · Refused by Plex or Stash: 1.',
    ]);
  });

  test('that keep coming are told each quarter of an hour', () => {
    const steps = Array.from({ length: 60 }, (_, at) => ({ at, ...dying(Math.max(0, at - 20), at, 5) }));
    expect(told(steps).map((line) => line.split(' ')[0])).toEqual(['1', '16', '31', '46']);
  });

  test('that are told are not counted again', () => {
    const decided = decideAlerts({ ...quiet, now: START + MINUTE, ...dying(0, 0.5, 3) }, freshMemory(START));
    expect(decided.memory.deadUntil).toBe(START + 30_000);
  });

  test('that were there before anybody was to be told are not told', () => {
    expect(freshMemory(START).deadUntil).toBe(START);
  });

  test('are told all the same after the clock was set back', () => {
    const memory = { ...freshMemory(START), deadToldAt: START + 100_000 * MINUTE };
    expect(told([{ at: 1, ...dying(500, 500, 1) }], memory)).toHaveLength(1);
  });
});

test('whatever happens, nothing is told twice in a row, and no end without its beginning', () => {
  const minute = fc.integer({ min: 0, max: 300 });
  const state = fc.oneof(
    fc.constant<PeerState>({ kind: 'well' }),
    fc.constant<PeerState>({ kind: 'unknown' }),
    minute.map((at): PeerState => ({ kind: 'away', since: START + at * MINUTE })),
    minute.map((at): PeerState => ({ kind: 'paused', since: START + at * MINUTE, class: 'auth' })),
  );
  fc.assert(
    fc.property(fc.array(state, { maxLength: 40 }), (states) => {
      let memory = freshMemory(START);
      let standing: string | null = null;
      for (const [at, one] of states.entries()) {
        const decided = decideAlerts({ ...quiet, ...plex(one), now: START + at * 20 * MINUTE }, memory);
        memory = decided.memory;
        for (const { event } of decided.alerts) {
          expect(event).not.toBe(standing);
          if (event.endsWith('-over')) expect(standing).toBe(event.replace('-over', ''));
          standing = event.endsWith('-over') ? null : event;
        }
      }
    }),
  );
});
