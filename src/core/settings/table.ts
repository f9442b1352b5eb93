import { WEBHOOK_KINDS } from '../notify/webhookAddress.ts';
import { FIELD_SETTINGS } from './fieldSettings.ts';
import { SCOPE_SETTINGS } from './scopeSettings.ts';
import { WEB_SETTINGS } from './webSettings.ts';

/**
 * Every setting, declared once: validation, flags, environment names, `explain`, the plugin's manifest,
 * docs/config.md and the types in code derive from this table. Keys are the users' words, so code uses them
 * as they are.
 */
export const SETTINGS = {
  plex_url: {
    kind: 'url',
    label: 'Plex address',
    required: true,
    words: 'Plex server URL, as seen from PlexSync. `http://` or `https://`, a path prefix is kept.',
    example: 'http://127.0.0.1:32400',
  },
  plex_token: {
    kind: 'secret',
    label: 'Plex token',
    required: true,
    words: 'Token of the Plex server’s owner. Never logged, shown or part of an error.',
  },
  plex_library: {
    kind: 'list',
    label: 'Plex libraries',
    default: [],
    words: 'Library names, separated by commas; empty: all libraries of the type movie.',
    example: 'Scenes, Archive',
  },
  plex_tls_verify: {
    kind: 'boolean',
    label: 'Check Plex’s certificate',
    default: true,
    words: 'Check Plex’s TLS certificate. Switch off only for a self-signed certificate on your own network.',
  },
  plex_client_id: {
    kind: 'text',
    label: 'Name as a Plex client',
    serviceOnly: true,
    default: '',
    words:
      'The name of this PlexSync among Plex’s devices, made by `plexsync setup`. Empty: one made in the data folder.',
  },
  /** In place of plex.tv, clients.plex.tv and app.plex.tv: `plexsync setup` asks these. */
  plex_tv_url: {
    kind: 'url',
    label: 'Address in place of plex.tv',
    serviceOnly: true,
    isHidden: true,
    required: false,
    words: 'For tests.',
  },
  stash_url: {
    kind: 'url',
    label: 'Stash address',
    serviceOnly: true,
    required: true,
    words: 'Stash server URL, as seen from PlexSync.',
    example: 'http://127.0.0.1:9999',
  },
  stash_api_key: {
    kind: 'secret',
    label: 'Stash API key',
    serviceOnly: true,
    required: false,
    words: 'API key of Stash (Settings > Security); leave out when Stash asks for no password.',
  },
  stash_tls_verify: {
    kind: 'boolean',
    label: 'Check Stash’s certificate',
    serviceOnly: true,
    default: true,
    words:
      'Check Stash’s TLS certificate. Switch off only for a self-signed certificate on your own network.',
  },
  data_dir: {
    kind: 'path',
    label: 'Data folder',
    serviceOnly: true,
    default: './plexsync-data',
    words: 'Folder of the database, the lock and the control socket; one per pair of Stash and Plex.',
  },
  inbox_dir: {
    kind: 'path',
    label: 'Inbox folder',
    serviceOnly: true,
    default: '',
    words: 'Folder that hook.sh writes to; empty: `inbox` in the data folder.',
  },
  enabled: {
    kind: 'boolean',
    label: 'Enabled',
    default: true,
    words:
      'Off: what triggers bring is dropped and nothing is written. Switching it on again compares everything once.',
  },
  dry_run: {
    kind: 'boolean',
    label: 'Dry run',
    default: false,
    words: 'Do everything but the writes; `plexsync plan` and the log show what would be written.',
  },
  first_sync: {
    kind: 'choice',
    label: 'First sync',
    default: 'ask',
    choices: ['ask', 'run'],
    words:
      'What the first full comparison of a library does: ask – write nothing, say what would change and wait for your word (`plexsync first-sync`); run – write at once. Single edits are written either way.',
  },
  max_retries: {
    kind: 'number',
    label: 'Attempts at most',
    default: 5,
    min: 1,
    max: 100,
    isWhole: true,
    words: 'Attempts of the kinds of failure that count, before a job becomes a dead letter.',
  },
  poll_interval: {
    kind: 'number',
    label: 'Poll interval',
    default: 30,
    min: 1,
    max: 86_400,
    unit: 's',
    words: 'Seconds between looks at Stash for changes that no hook told of, and at Plex for new files.',
  },
  trigger_plex_scan: {
    kind: 'boolean',
    label: 'Ask Plex to scan',
    default: false,
    words:
      'Ask Plex to scan the folder of a file that it does not know yet, each folder once a minute at most. Leave it off when Plex’s disks may be unmounted while Plex empties its trash after scans.',
  },
  plex_requests_at_once: {
    kind: 'number',
    label: 'Requests to Plex at once',
    default: 0,
    min: 0,
    max: 6,
    isWhole: true,
    words:
      'Bulk requests that Plex is asked at once at most; fewer while it is busy. 0: up to three pages of lists, and two edits.',
  },
  reconcile_interval: {
    kind: 'choice',
    label: 'Full reconcile',
    default: 'daily',
    choices: ['off', 'hourly', 'daily', 'weekly'],
    words:
      'How often everything is compared with everything, so that nothing stays unnoticed; weekly: on Mondays.',
  },
  reconcile_time: {
    kind: 'time',
    label: 'Time of the full reconcile',
    default: '04:00',
    words: 'Time of day when it starts, in the time zone of PlexSync; when hourly, its minute counts.',
  },
  wait_while_streaming: {
    kind: 'boolean',
    label: 'Wait while someone watches',
    default: false,
    words:
      'Let comparisons of everything, and what they bring, wait while Plex plays something for somebody. Single edits are written all the same.',
  },
  strict_matching: {
    kind: 'boolean',
    label: 'Strict matching',
    default: true,
    words: 'Skip a scene when several items match, and list it with its candidates; off: take the best one.',
  },
  preserve_plex_edits: {
    kind: 'boolean',
    label: 'Preserve Plex edits',
    default: false,
    words: 'Keep values that were edited in Plex; off: Stash wins.',
  },
  foreign_entries: {
    kind: 'choice',
    label: 'Entries from others',
    default: 'keep',
    choices: ['keep', 'remove'],
    words:
      'Genres, actors and directors in Plex that did not come from Stash: keep them, or remove them. Collections and labels of others always stay.',
  },
  ...FIELD_SETTINGS,
  sync_poster: {
    kind: 'boolean',
    label: 'Sync poster',
    default: true,
    words:
      'Send a scene’s cover to Plex as the poster of its item, whole: in an upright frame Plex crops the wide picture.',
  },
  sync_background: {
    kind: 'boolean',
    label: 'Sync background',
    default: false,
    words:
      'Send the cover as the background (art) of the item, too. Off by default: it would show the same picture twice.',
  },
  ...SCOPE_SETTINGS,
  path_map: {
    kind: 'list',
    label: 'Path maps',
    default: [],
    words:
      'Path maps that you know better than PlexSync, each `Stash prefix=>Plex prefix`, tried in this order. Empty: inferred from files that both sides have.',
    example: '/data=>/media, D:\\Videos=>/mnt/videos',
  },
  connect_timeout: {
    kind: 'number',
    label: 'Connect timeout',
    default: 5,
    min: 1,
    max: 300,
    unit: 's',
    words: 'Seconds to wait for a connection to Plex or Stash.',
  },
  read_timeout: {
    kind: 'number',
    label: 'Read timeout',
    default: 30,
    min: 1,
    max: 3_600,
    unit: 's',
    words: 'Seconds to wait for an answer from Plex or Stash.',
  },
  dead_letter_retention_days: {
    kind: 'number',
    label: 'Keep dead letters',
    default: 30,
    min: 1,
    max: 3_650,
    isWhole: true,
    unit: 'days',
    words: 'Days after which dead letters are deleted; a later full comparison finds their scenes again.',
  },
  journal_retention_days: {
    kind: 'number',
    label: 'Keep the journal',
    default: 90,
    min: 1,
    max: 3_650,
    isWhole: true,
    unit: 'days',
    words: 'Days for which writes are kept in the journal, so that they can be looked up and undone.',
  },
  journal_max_entries: {
    kind: 'number',
    label: 'Journal entries at most',
    default: 200_000,
    min: 100,
    max: 10_000_000,
    isWhole: true,
    words: 'Writes that the journal keeps at most; the oldest go first.',
  },
  safety_stop_count: {
    kind: 'number',
    label: 'Safety stop: at least',
    default: 10,
    min: 1,
    max: 100_000,
    isWhole: true,
    words:
      'Links that fail, or items that are gone from a library, at once: so many at least stop all writing until you say so.',
  },
  safety_stop_percent: {
    kind: 'number',
    label: 'Safety stop: percentage',
    default: 50,
    min: 1,
    max: 100,
    isWhole: true,
    unit: '%',
    words: 'And more than this part of those that were looked at; 100: never.',
  },
  ...WEB_SETTINGS,
  notify_url: {
    kind: 'secret',
    label: 'Webhook for notifications',
    required: false,
    words:
      'Address that is told of new dead letters, long outages and safety stops, in fixed words and numbers; empty: nobody is told. `plexsync notify --test` tries it.',
    example: 'https://ntfy.sh/your-topic',
  },
  notify_kind: {
    kind: 'choice',
    label: 'Kind of webhook',
    default: 'json',
    choices: WEBHOOK_KINDS,
    words: 'What receives it; docs/config.md says what its address looks like.',
  },
  notify_after: {
    kind: 'number',
    label: 'Notify after',
    default: 10,
    min: 1,
    max: 10_080,
    isWhole: true,
    unit: 'minutes',
    words:
      'Minutes that Plex or Stash has to be away, or work to wait for a correction, before anybody is told.',
  },
  log_level: {
    kind: 'choice',
    label: 'Log level',
    default: 'info',
    choices: ['trace', 'debug', 'info', 'warn', 'error'],
    words: 'Least important messages that are logged.',
  },
  obfuscate_paths: {
    kind: 'boolean',
    label: 'Hide paths in the log',
    default: false,
    words:
      'Replace the paths of files in the log, and in what the doctor finds, by short hashes that stay the same, so that both can be shown to others. Tokens and keys never stand there.',
  },
} as const satisfies Record<string, SettingFacts>;

export type SettingFacts = Words &
  (
    | { readonly kind: 'url'; readonly required: boolean }
    | { readonly kind: 'secret'; readonly required: boolean }
    | { readonly kind: 'path' | 'time' | 'text' | 'template'; readonly default: string }
    | { readonly kind: 'list'; readonly default: readonly string[] }
    | { readonly kind: 'boolean'; readonly default: boolean }
    | { readonly kind: 'choice'; readonly default: string; readonly choices: readonly string[] }
    | {
        readonly kind: 'number';
        readonly default: number;
        readonly min: number;
        readonly max: number;
        readonly isWhole?: true;
        readonly unit?: string;
      }
  );

interface Words {
  /** Its name where people see it beside others, such as Stash's page of plugins. */
  readonly label: string;
  readonly words: string;
  readonly example?: string;
  /** No setting of the plugin, which hears from Stash where Stash and its folders are. */
  readonly serviceOnly?: true;
  /** Neither help nor docs speak of it. */
  readonly isHidden?: true;
}

export type SettingKey = keyof typeof SETTINGS;
export const SETTING_KEYS = Object.keys(SETTINGS) as readonly SettingKey[];

type ValueOf<Facts> = Facts extends { kind: 'boolean' }
  ? boolean
  : Facts extends { kind: 'number' }
    ? number
    : Facts extends { kind: 'list' }
      ? readonly string[]
      : Facts extends { kind: 'choice'; choices: readonly (infer Choice)[] }
        ? Choice
        : string;

/** Settings after validation: complete. Optional texts are empty when not set. */
export type Settings = { readonly [Key in SettingKey]: ValueOf<(typeof SETTINGS)[Key]> };

/** Those that decide what is carried of a scene. */
export type FieldSettings = Pick<Settings, keyof typeof FIELD_SETTINGS>;
/** Those that decide which scenes are carried. */
export type ScopeSettings = Pick<Settings, keyof typeof SCOPE_SETTINGS>;
