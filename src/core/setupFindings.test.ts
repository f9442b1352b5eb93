import { describe, expect, test } from 'vitest';
import { machineIdentifier, sectionKey, sectionUuid } from './ids.ts';
import { fail, succeed } from './result.ts';
import type { SetupCheck } from './setupCheck.ts';
import * as findings from './setupFindings.ts';

const failure = { class: 'auth', peer: 'plex', message: 'Plex said 401.' } as const;
const refused = fail(failure);
const server = { machineIdentifier: machineIdentifier('abc'), version: '1.41.0' };
const section = (title: string) => ({
  uuid: sectionUuid(title),
  key: sectionKey('1'),
  title,
  type: 'movie',
  locations: [],
  isRefreshing: false,
});
const closed = { state: 'closed', failuresInRow: 0 } as const;
const working = {
  enabled: true,
  dryRun: false,
  stop: null,
  pauses: [],
  breakers: { plex: closed, stash: closed },
};
const open = {
  state: 'open',
  openedAt: 0,
  probeAt: 1,
  opened: 1,
  reason: 'Plex refused the connection',
} as const;

test.each<[string, SetupCheck | readonly SetupCheck[], string]>([
  ['complete settings', findings.settingsChecks([]), 'ok'],
  ['Stash answering', findings.stashCheck(succeed({ version: '' })), 'ok'],
  ['scenes', findings.scenesCheck(succeed(7)), 'ok'],
  ['no scene', findings.scenesCheck(succeed(0)), 'warning'],
  ['Plex answering', findings.plexCheck(succeed(server)), 'ok'],
  ['the first Plex server', findings.serverCheck(server, null), 'ok'],
  ['the same Plex server', findings.serverCheck(server, 'abc'), 'ok'],
  ['another Plex server', findings.serverCheck(server, 'xyz'), 'problem'],
  ['a good token', findings.tokenCheck(succeed({})), 'ok'],
  ['a bad token', findings.tokenCheck(refused), 'problem'],
  ['no answer in time', findings.tokenCheck(null), 'problem'],
  ['libraries', findings.librariesCheck(succeed([section('Scenes')])), 'ok'],
  ['no library read', findings.indexCheck([]), 'warning'],
  ['a library read in part', findings.indexCheck([{ title: 'A', items: 3, listedAt: null }]), 'warning'],
  ['all libraries read', findings.indexCheck([{ title: 'A', items: 3, listedAt: 1 }]), 'ok'],
  ['links', findings.matchingCheck({ links: 3, pathMaps: [] }), 'ok'],
  ['no link yet', findings.matchingCheck({ links: 0, pathMaps: [{ from: '/a', to: '/b' }] }), 'warning'],
  ['neither link nor path map', findings.matchingCheck({ links: 0, pathMaps: [] }), 'warning'],
  ['nothing in the way', findings.workChecks(working), 'ok'],
  ['switched off', findings.workChecks({ ...working, enabled: false }), 'warning'],
  ['a dry run', findings.workChecks({ ...working, dryRun: true }), 'warning'],
  ['a stop', findings.workChecks({ ...working, stop: { reason: 'r', advice: 'a' } }), 'problem'],
  ['a pause', findings.workChecks({ ...working, pauses: [{ failure }] }), 'problem'],
  ['an outage', findings.workChecks({ ...working, breakers: { plex: open, stash: closed } }), 'problem'],
  ['no other writer', findings.pluginChecks(succeed([])), 'ok'],
  ['a Stash that does not list its plugins', findings.pluginChecks(refused), 'ok'],
])('%s', (_what, found, state) => {
  const checks = Array.isArray(found) ? found : [found];
  expect(checks.map((check: SetupCheck) => check.state)).toEqual([state]);
  for (const check of checks) expect(check.advice === null).toBe(check.state === 'ok');
});

describe('what is to be done', () => {
  test('is the failure’s own advice, or that of its class', () => {
    expect(findings.tokenCheck(refused)).toEqual({
      name: 'Plex token',
      state: 'problem',
      found: 'Plex said 401.',
      advice:
        'Correct the token or API key in the settings. A service has to be restarted then; the plugin goes on by itself.',
    });
  });

  test('is told of each setting and each plugin for itself', () => {
    expect(findings.settingsChecks(['one.', 'two.']).map(({ found }) => found)).toEqual(['one.', 'two.']);
    const plugin = (id: string) => ({ id, name: id, enabled: true });
    expect(findings.pluginChecks(succeed([plugin('Stash2Plex'), plugin('PlexSync')]))).toHaveLength(2);
  });
});
