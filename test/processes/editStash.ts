import { expect } from 'vitest';
import { askStash } from '../../simulator/stash/askStash.ts';
import type { BothServers } from './bothServers.ts';

/** A mutation over HTTP, as Stash's own pages send it; returns when Stash has run its hooks and answered. */
export async function mutate({ stash }: BothServers, mutation: string): Promise<void> {
  const { status, errors } = await askStash(stash.url, { query: `mutation { ${mutation} }` });
  expect({ status, errors }).toEqual({ status: 200, errors: [] });
}
