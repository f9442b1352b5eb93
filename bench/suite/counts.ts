import type { Counted } from './simulators.ts';

type Counts = Readonly<Record<string, number>>;

/** What was counted between two looks, without what was not. */
const since = (before: Counts, after: Counts): Counts =>
  Object.fromEntries(
    Object.entries(after)
      .map(([kind, count]) => [kind, count - (before[kind] ?? 0)] as const)
      .filter(([, count]) => count > 0),
  );

export const sum = (counts: Counts): number => Object.values(counts).reduce((total, each) => total + each, 0);

export const countedSince = (before: Counted, after: Counted): Counted => ({
  requests: since(before.requests, after.requests),
  bytes: {
    received: after.bytes.received - before.bytes.received,
    sent: after.bytes.sent - before.bytes.sent,
  },
});

export const total = <Each>(some: readonly Each[], of: (each: Each) => number): number =>
  some.reduce((before, each) => before + of(each), 0);

export function countedTogether(some: readonly Counted[]): Counted {
  const kinds = new Set(some.flatMap(({ requests }) => Object.keys(requests)));
  return {
    requests: Object.fromEntries(
      [...kinds].map((kind) => [kind, total(some, ({ requests }) => requests[kind] ?? 0)]),
    ),
    bytes: {
      received: total(some, ({ bytes }) => bytes.received),
      sent: total(some, ({ bytes }) => bytes.sent),
    },
  };
}

/** Names of both servers' kinds in one table. */
export const kindsOf = (cost: { readonly plex: Counted; readonly stash: Counted }): Counts => ({
  ...named('Plex', cost.plex),
  ...named('Stash', cost.stash),
});

const named = (peer: string, { requests, bytes }: Counted): Counts => ({
  ...Object.fromEntries(Object.entries(requests).map(([kind, count]) => [`${peer}: ${kind}`, count])),
  [`${peer}: bytes received`]: bytes.received,
  [`${peer}: bytes sent`]: bytes.sent,
});
