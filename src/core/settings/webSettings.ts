import type { SettingFacts } from './table.ts';

/** Those of the port that answers browsers and programs. Part of the table in table.ts. */
export const WEB_SETTINGS = {
  http_port: {
    kind: 'number',
    label: 'HTTP port',
    default: 0,
    min: 0,
    max: 65_535,
    isWhole: true,
    words:
      'Port of the dashboard, `/healthz`, `/readyz` and Prometheus’s `/metrics`; 0: none is opened. 7475 is a good one.',
  },
  http_bind: {
    kind: 'text',
    label: 'HTTP address',
    default: '127.0.0.1',
    words:
      'Address of this machine that `http_port` is opened at; 0.0.0.0: all. Beyond this machine the dashboard needs `http_password`, and `/metrics` needs `http_token`.',
  },
  http_hosts: {
    kind: 'list',
    label: 'Public names',
    default: [],
    words:
      'Public host names that the dashboard may be asked by, such as that of a reverse proxy, separated by commas. Addresses and private names always may.',
    example: 'plexsync.example.org',
  },
  http_password: {
    kind: 'secret',
    label: 'Dashboard password',
    required: false,
    words:
      'Password of the dashboard. Without it the dashboard is shown on this machine alone, to whoever can open the port. Never logged or shown.',
  },
  http_token: {
    kind: 'secret',
    label: 'HTTP token',
    required: false,
    words:
      'What `/metrics` has to be asked with, as `Authorization: Bearer …`; it signs in at the dashboard, too. Never logged or shown.',
  },
} as const satisfies Record<string, SettingFacts>;
