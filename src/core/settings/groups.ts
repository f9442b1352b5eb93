import { FIELD_SETTINGS } from './fieldSettings.ts';
import { SCOPE_SETTINGS } from './scopeSettings.ts';
import type { SettingKey } from './table.ts';

export interface SettingGroup {
  readonly title: string;
  readonly keys: readonly SettingKey[];
}

/** In which order and under which headings people are shown the settings. A test holds that none is left out. */
export const SETTING_GROUPS: readonly SettingGroup[] = [
  { title: 'Plex', keys: ['plex_url', 'plex_token', 'plex_library', 'plex_tls_verify', 'plex_client_id'] },
  { title: 'Stash', keys: ['stash_url', 'stash_api_key', 'stash_tls_verify'] },
  {
    title: 'Syncing',
    keys: [
      'enabled',
      'dry_run',
      'first_sync',
      'preserve_plex_edits',
      'foreign_entries',
      'poll_interval',
      'plex_requests_at_once',
      'reconcile_interval',
      'reconcile_time',
      'wait_while_streaming',
      'trigger_plex_scan',
      'max_retries',
    ],
  },
  { title: 'Matching', keys: ['strict_matching', 'path_map'] },
  { title: 'What is carried', keys: keysOf(FIELD_SETTINGS) },
  { title: 'Images', keys: ['sync_poster', 'sync_background'] },
  { title: 'Which scenes', keys: keysOf(SCOPE_SETTINGS) },
  { title: 'Safety', keys: ['safety_stop_count', 'safety_stop_percent'] },
  {
    title: 'Dashboard and metrics',
    keys: ['http_port', 'http_bind', 'http_hosts', 'http_password', 'http_token'],
  },
  { title: 'Notifications', keys: ['notify_url', 'notify_kind', 'notify_after'] },
  {
    title: 'Storage and log',
    keys: [
      'data_dir',
      'inbox_dir',
      'journal_retention_days',
      'journal_max_entries',
      'dead_letter_retention_days',
      'log_level',
      'obfuscate_paths',
      'connect_timeout',
      'read_timeout',
    ],
  },
];

function keysOf(settings: Readonly<Partial<Record<SettingKey, unknown>>>): readonly SettingKey[] {
  return Object.keys(settings) as readonly SettingKey[];
}
