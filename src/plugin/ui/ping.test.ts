import { parse } from 'graphql';
import { expect, test } from 'vitest';
import { type Page, ping } from './ping.ts';

type PostRequest = Parameters<Page['fetch']>[1];

interface Asked {
  readonly requests: readonly (readonly [url: string, request: PostRequest])[];
  readonly debugged: readonly unknown[];
}

async function pingAs(page: Partial<Page>): Promise<Asked> {
  const requests: [string, PostRequest][] = [];
  const debugged: unknown[] = [];
  await ping({
    base: '/',
    fetch: (url, request) => {
      requests.push([url, request]);
      return (page.fetch ?? (() => Promise.resolve({ ok: true, status: 200 })))(url, request);
    },
    debug: (_, cause) => debugged.push(cause),
    ...('base' in page ? { base: page.base } : {}),
  });
  return { requests, debugged };
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
  const { debugged } = await pingAs({ fetch: () => Promise.resolve({ ok: false, status: 401 }) });
  expect(debugged).toEqual([new Error('HTTP 401')]);
});
