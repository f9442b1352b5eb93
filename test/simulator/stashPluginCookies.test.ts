import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { askStash } from '../../simulator/stash/askStash.ts';
import {
  type StashSimulator,
  type StashSimulatorOptions,
  startStashSimulator,
} from '../../simulator/stash/simulator.ts';

interface Connection {
  readonly Scheme: string;
  readonly Host: string;
  readonly Port: number;
  readonly SessionCookie: { readonly Name: string; readonly Value: string };
}

let nowMs: number;
let folder: string;
let stash: StashSimulator;
beforeEach(() => {
  nowMs = Date.parse('2026-11-24T03:00:00Z');
  folder = mkdtempSync(path.join(tmpdir(), 'stash-cookies-'));
});
afterEach(async () => {
  await stash.close();
  rmSync(folder, { recursive: true });
});

const start = async (options: StashSimulatorOptions = {}) => {
  const exec = ['sh', '-c', 'cat >told'];
  const plugins = [{ id: 'plexsync', exec, pluginDir: folder, tasks: [{ name: 'Status' }] }];
  stash = await startStashSimulator({ configDir: folder, plugins, clock: () => nowMs, ...options });
};
const told = (): Connection => JSON.parse(readFileSync(path.join(folder, 'told'), 'utf8')).server_connection;
const cookie = () => ({ Cookie: `${told().SessionCookie.Name}=${told().SessionCookie.Value}` });
const statusWith = async (headers: Readonly<Record<string, string>>) =>
  (await askStash(stash.url, { query: '{ version { hash } }' }, { headers })).status;
const signIn = async () => {
  const body = new URLSearchParams({ username: 'stash', password: 'secret' });
  const answer = await fetch(`${stash.url}/login`, { method: 'POST', body });
  return { Cookie: answer.headers.get('set-cookie')?.split(';')[0] ?? '' };
};
const OPERATE = { query: 'mutation { runPluginOperation(plugin_id: "plexsync") }' };

describe('a plugin of a Stash with a password', () => {
  const switches = { password: 'secret', apiKey: 'right' };

  test('may ask with its cookie in the name of the one who set it off', async () => {
    await start({ switches });
    await askStash(stash.url, OPERATE, { headers: await signIn() });
    expect(await statusWith(cookie())).toBe(200);
    await askStash(stash.url, OPERATE, { headers: { ApiKey: 'right' } });
    expect(await statusWith(cookie())).toBe(200);
  });

  test('may do so from a task, too, after the one who queued it has left', async () => {
    await start({ switches });
    const query = 'mutation { runPluginTask(plugin_id: "plexsync", task_name: "Status") }';
    await askStash(stash.url, { query }, { headers: await signIn() });
    await stash.jobs.idle();
    expect(await statusWith(cookie())).toBe(200);
  });

  test('may do so from the hook of a scan: only who has signed in can start one', async () => {
    await start({ switches });
    await stash.scan.newFile({ path: '/data/new.mp4' });
    expect(await statusWith(cookie())).toBe(200);
  });

  test('may do so for an hour, as long as any session; each answer brings a cookie for another', async () => {
    await start({ switches });
    await askStash(stash.url, OPERATE, { headers: { ApiKey: 'right' } });
    nowMs += 3_599_000;
    const headers = { 'Content-Type': 'application/json', ...cookie() };
    const body = '{"query":"{ version { hash } }"}';
    const answer = await fetch(`${stash.url}/graphql`, { method: 'POST', headers, body });
    const [renewed = '', ...rest] = answer.headers.get('set-cookie')?.split('; ') ?? [];
    expect(rest).toEqual(['Path=/', 'Expires=Tue, 24 Nov 2026 04:59:59 GMT', 'Max-Age=3600', 'SameSite=Lax']);
    nowMs += 1_000;
    expect(await statusWith(cookie())).toBe(401);
    expect(await statusWith({ Cookie: renewed })).toBe(200);
  });

  test('is let in with the new key once that was made, and no more with the old one', async () => {
    await start({ switches });
    stash.switches.apiKey = 'new';
    expect([await statusWith({ ApiKey: 'right' }), await statusWith({ ApiKey: 'new' })]).toEqual([401, 200]);
    await askStash(stash.url, OPERATE, { headers: { ApiKey: 'new' } });
    // A wrong key is refused even with a cookie that is right.
    expect(await statusWith({ ...cookie(), ApiKey: 'right' })).toBe(401);
    expect(await statusWith(cookie())).toBe(200);
  });
});

test.each([
  ['0.0.0.0', false],
  ['[::]', false],
  ['127.0.0.1', true],
])('a plugin is told what Stash binds to: %s, secure: %s', async (host, isSecure) => {
  await start({ host, isSecure });
  await askStash(stash.url, OPERATE);
  expect(told()).toMatchObject({ Scheme: isSecure ? 'https' : 'http', Host: host, Port: stash.port });
});

test('a cookie of when there was no password names nobody', async () => {
  await start();
  await askStash(stash.url, OPERATE);
  stash.switches.password = 'secret';
  expect(await statusWith(cookie())).toBe(401);
});
