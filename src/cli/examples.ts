/** What people type, and what for; help and docs/commands.md show it. Keyed by the command without `plexsync`. */
export const EXAMPLES: Readonly<Record<string, readonly Example[]>> = {
  '': [
    { args: 'doctor', words: 'Is everything set up and well?' },
    { args: 'plan 42', words: 'What would be written for scene 42?' },
    { args: 'sync --all', words: 'Compare all scenes once' },
    { args: 'status --json', words: 'For programs' },
  ],
  // Of the service alone (start.ts).
  setup: [
    { args: 'setup', words: 'Ask for all that is needed, and save it' },
    { args: 'setup --config /etc/plexsync.config.json', words: 'Into another settings file' },
    {
      args: 'setup --yes --sign-in --stash-url http://stash:9999',
      words: 'Ask nothing but to sign in with Plex',
    },
  ],
  serve: [
    { args: 'serve', words: 'With plexsync.config.json of this folder, and the environment' },
    { args: 'serve --config /etc/plexsync.config.json', words: 'With another settings file' },
  ],
  explain: [{ args: 'explain', words: 'Which settings hold, and where from?' }],
  status: [{ args: 'status', words: 'Does work go on, or what does it wait for?' }],
  doctor: [
    { args: 'doctor', words: 'What is to be corrected?' },
    { args: 'doctor --json', words: 'For programs; the exit code is 0, 4 or 5' },
  ],
  queue: [
    { args: 'queue', words: 'What is to be done, and what goes first?' },
    { args: 'queue --state waiting', words: 'What waits for Plex?' },
  ],
  dead: [
    { args: 'dead', words: 'What needs me, and what do I do?' },
    { args: 'dead --kind ambiguous', words: 'Only where several items match' },
  ],
  sync: [
    { args: 'sync 42 43', words: 'These scenes' },
    { args: 'sync --recent 24h', words: 'What changed since yesterday' },
    { args: 'sync --all', words: 'All scenes' },
    { args: 'sync --all --dry-run', words: 'Without writing; when no daemon runs' },
  ],
  reconcile: [
    { args: 'reconcile', words: 'Find what was deleted in Plex, too' },
    { args: 'reconcile --pause', words: 'Not now; --resume goes on' },
    { args: 'reconcile --cancel', words: 'Not at all' },
  ],
  'first-sync': [
    { args: 'first-sync', words: 'What would the first comparison of everything write?' },
    { args: 'first-sync --run', words: 'Write it' },
  ],
  gaps: [{ args: 'gaps --limit 100', words: 'What is on one side only?' }],
  retry: [
    { args: 'retry 42', words: 'One scene' },
    { args: 'retry tag:7', words: 'A tag whose scenes could not be listed' },
    { args: 'retry --kind no-match', words: 'All that were not in Plex' },
  ],
  clear: [{ args: 'clear dead --all', words: 'Empty the list of dead letters' }],
  'clear dead': [
    { args: 'clear dead 42', words: 'One scene' },
    { args: 'clear dead --kind not-syncable', words: 'All that cannot be in Plex' },
  ],
  'clear queue': [{ args: 'clear queue', words: 'Drop what waits' }],
  plan: [
    { args: 'plan 42', words: 'What would be written for scene 42, and why?' },
    { args: 'plan', words: 'The same for what is queued' },
  ],
  history: [
    { args: 'history', words: 'What was written lately?' },
    { args: 'history 42 --limit 10', words: 'And for scene 42?' },
    { args: 'history --since 2h', words: 'And in the last two hours?' },
  ],
  undo: [
    { args: 'undo w12', words: 'Put back what was there before this write' },
    { args: 'undo --scene 42', words: 'And before all writes to scene 42' },
    { args: 'undo --since 2h --yes', words: 'All of the last two hours, without a question' },
  ],
  pin: [{ args: 'pin 42 107', words: 'Of the items that match scene 42 it is this one' }],
  unpin: [{ args: 'unpin 42', words: 'Let evidence decide again' }],
  holds: [{ args: 'holds', words: 'What is not written for, and why?' }],
  hold: [{ args: 'hold 42 --reason mended-by-hand', words: 'Leave this scene alone in Plex' }],
  release: [
    { args: 'release 42', words: 'Write for it again' },
    { args: 'release --all', words: 'For all that are held' },
  ],
  notify: [{ args: 'notify --test', words: 'Does the webhook take what PlexSync sends?' }],
  resume: [{ args: 'resume', words: 'It was meant: go on' }],
  'adopt-server': [{ args: 'adopt-server', words: 'A new Plex server took the place of the old one' }],
  forget: [
    { args: 'forget', words: 'What would be erased?' },
    { args: 'forget --yes', words: 'Erase it' },
  ],
  version: [{ args: 'version --json', words: 'With the version of Node.js' }],
};

export interface Example {
  /** After `plexsync`. */
  readonly args: string;
  readonly words: string;
}
