import { describe, expect, test } from 'vitest';
import { SETTING_KEYS } from '../core/settings/table.ts';
import { TASKS } from '../server/tasks.ts';
import { decodeHookEvent } from '../stash/hookEvent.ts';
import { pluginManifest } from './manifest.ts';

const RELEASE = { version: '1.2.3', description: 'What it does.', homepage: null };
const manifest = pluginManifest(RELEASE);

describe('the manifest', () => {
  test('has an address only if there is one', () => {
    expect(manifest).not.toHaveProperty('url');
    expect(pluginManifest({ ...RELEASE, homepage: 'https://example.org' }).url).toBe('https://example.org');
  });

  test('hands each task its key, and tells hook.sh that it is one', () => {
    expect(manifest.tasks.map(({ execArgs, defaultArgs }) => [execArgs, defaultArgs.task])).toEqual(
      Object.keys(TASKS).map((task) => [['task'], task]),
    );
  });

  test('lists each trigger once, and only those that mean something to us', () => {
    const triggers = manifest.hooks.flatMap(({ triggeredBy }) => triggeredBy);
    expect(new Set(triggers).size).toBe(triggers.length);
    const meaningless = triggers.filter((type) => {
      const event = { args: { hookContext: { id: 1, type } } };
      const decoded = decodeHookEvent(new TextEncoder().encode(JSON.stringify(event)));
      return decoded.kind !== 'triggers' || decoded.subjects.length === 0;
    });
    expect(meaningless).toEqual([]);
  });
});

describe('the settings of the plugin', () => {
  const described = (key: string): string | undefined => manifest.settings[key]?.description;

  test('are those of the service but for what Stash tells by itself, and what the set-up makes', () => {
    const ofStash = ['stash_url', 'stash_api_key', 'stash_tls_verify', 'data_dir', 'inbox_dir'];
    const serviceOnly = [...ofStash, 'plex_client_id', 'plex_tv_url'];
    const expected = SETTING_KEYS.filter((key) => !serviceOnly.includes(key));
    expect(Object.keys(manifest.settings)).toEqual(expected);
  });

  test('are switches where off is the default, and where the daemon switches them on', () => {
    const switches = Object.entries(manifest.settings).filter(([, { type }]) => type === 'BOOLEAN');
    expect(switches.map(([key]) => key)).toEqual([
      'enabled',
      'dry_run',
      'trigger_plex_scan',
      'wait_while_streaming',
      'strict_matching',
      'preserve_plex_edits',
      'sync_original_title',
      'studio_collection',
      'group_collections',
      'sync_background',
      'only_organized',
      'obfuscate_paths',
    ]);
  });

  test.each([
    ['plex_url', 'STRING', / Required\. Allowed: an address .+ Example: http:\/\/127\.0\.0\.1:32400$/],
    ['plex_token', 'STRING', / Required\. Allowed: a text without spaces\.$/],
    ['plex_library', 'STRING', / Default: empty\. Allowed: texts separated by commas\. Example: .+$/],
    ['plex_tls_verify', 'STRING', / Allowed: yes or no; empty: yes\.$/],
    ['enabled', 'BOOLEAN', / Default: on\.$/],
    ['dry_run', 'BOOLEAN', / Default: off\.$/],
    ['poll_interval', 'NUMBER', / Default, also for 0: 30 s\. Allowed: whole numbers from 1 to 86400\.$/],
    ['log_level', 'STRING', / Default: info\. Allowed: trace, debug, info, warn, error\.$/],
  ])('%s is a %s that says its default and what is allowed', (key, type, words) => {
    expect(manifest.settings[key]?.type).toBe(type);
    expect(described(key)).toMatch(words);
  });

  test('are described in plain text', () => {
    const marked = Object.keys(manifest.settings).filter((key) => described(key)?.includes('`'));
    expect(marked).toEqual([]);
  });
});
