import { parse } from 'graphql';
import { expect, test } from 'vitest';
import type { Wakened } from '../../server/wake.ts';
import { type Page, ping } from './ping.ts';

type PostRequest = Parameters<Page['fetch']>[1];

const answer = (runPluginOperation: unknown) => ({
  ok: true,
  status: 200,
  json: () => Promise.resolve({ data: { runPluginOperation } }),
});

interface Asked {
  readonly said: Wakened | null;
  readonly requests: readonly (readonly [url: string, request: PostRequest])[];
  readonly debugged: readonly unknown[];
}

async function pingAs(page: Partial<Page>): Promise<Asked> {
  const requests: [string, PostRequest][] = [];
  const debugged: unknown[] = [];
  const said = await ping({
    base: '/',
    fetch: (url, request) => {
      requests.push([url, request]);
      return (page.fetch ?? (() => Promise.resolve(answer({ dead: 3, isStuck: false, isService: false }))))(
        url,
        request,
      );
    },
    debug: (_, cause) => debugged.push(cause),
    ...('base' in page ? { base: page.base } : {}),
  });
  return { said, requests, debugged };
}

test('asks Stash once to wake the plugin', async () => {
  const { requests, debugged } = await pingAs({});
  expect(debugged).toEqual([]);
  expect(requests).toHaveLength(1);
  const [url, request] = requests[0] ?? [];
  expect([url, request?.method, request?.headers]).toEqual([
    '/graphql',
    'POST',
    { 'Content-Type': 'application/json' },
  ]);
  const { query, variables } = JSON.parse(request?.body ?? '') as { query: string; variables: unknown };
  expect(() => parse(query)).not.toThrow();
  expect(query).toContain('runPluginOperation(plugin_id:$id,args:$args)');
  expect(variables).toEqual({ id: 'plexsync', args: { operation: 'wake' } });
});

test.each([
  ['/', '/graphql'],
  ['/stash/', '/stash/graphql'],
  ['https://media.example.org/stash/', 'https://media.example.org/stash/graphql'],
  [null, '/graphql'],
])('a page with the base %s is asked at %s', async (base, expected) => {
  const { requests } = await pingAs({ base });
  expect(requests.map(([url]) => url)).toEqual([expected]);
});

test('a request that fails, at once or later, is nothing but a line for developers', async () => {
  const gone = new TypeError('Failed to fetch');
  const later = await pingAs({ fetch: () => Promise.reject(gone) });
  expect(later.debugged).toEqual([gone]);
  const atOnce = await pingAs({
    fetch: () => {
      throw gone;
    },
  });
  expect(atOnce.debugged).toEqual([gone]);
});

test('so is an answer that is no success', async () => {
  const { debugged } = await pingAs({
    fetch: () => Promise.resolve({ ...answer(null), ok: false, status: 401 }),
  });
  expect(debugged).toEqual([new Error('HTTP 401')]);
});

test('brings back what the daemon says of itself, if it says something', async () => {
  expect((await pingAs({})).said).toEqual({ dead: 3, isStuck: false, isService: false });
  expect((await pingAs({ fetch: () => Promise.resolve(answer(null)) })).said).toBeNull();
  expect((await pingAs({ fetch: () => Promise.reject(new Error('gone')) })).said).toBeNull();
});
