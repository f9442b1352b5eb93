import { FIELD_NAMES, FIELDS, type FieldName } from '../src/core/field.ts';
import { WEBHOOK_KINDS } from '../src/core/notify/webhookAddress.ts';
import { WEBHOOKS } from '../src/core/notify/webhooks.ts';
import { TEMPLATE_WORDS } from '../src/core/planning/template.ts';
import { SETTINGS_OF_FIELDS } from '../src/core/settings/fieldSettings.ts';
import { SETTING_KEYS, SETTINGS, type SettingFacts, type SettingKey } from '../src/core/settings/table.ts';

/** docs/config.md, from the table of settings. */
export const configDocument =
  (): string => `<!-- Made by \`npm run docs\` from src/core/settings/table.ts: edit that. -->

# Settings

A setting can stand in three places; a later one wins:

1. the file \`plexsync.config.json\` in the working directory, or the one named by \`--config\`
2. the environment: \`PLEXSYNC_\` and the key in capitals, such as \`PLEXSYNC_PLEX_URL\`
3. a flag: \`--\` and the key with dashes, such as \`--plex-url\`; switches are \`--dry-run\` and \`--no-dry-run\`

An empty value, or \`null\` in the file, counts as not set. \`true\` may be written \`yes\`, \`on\` or \`1\`, \`false\` likewise;
a list is texts separated by commas, or in the file a JSON list. \`plexsync explain\` shows each value and where it came
from. Other users of a machine can see flags and sometimes the environment of a process: keep secrets in a file that only
PlexSync's user can read. For the service the environment may name a file of its own for each: \`PLEXSYNC_PLEX_TOKEN_FILE\`,
\`PLEXSYNC_HTTP_PASSWORD_FILE\`, as containers are given secrets.

\`\`\`json
${JSON.stringify(EXAMPLE, null, 2)}
\`\`\`

In Stash the plugin's settings stand on the page Settings > Plugins, under the names of the second column; those
without a name there are for the service alone.

| setting | in Stash | type | default | meaning |
|---|---|---|---|---|
${SETTING_KEYS.filter(isShown).map(row).join('\n')}

## What is carried

Each field goes to Plex with a lock (but for the stars, and without \`lock_fields\`). What a field holds that PlexSync did
not write is a person's or an agent's: see \`preserve_plex_edits\` and \`foreign_entries\`. A field that is off is neither
written nor cleared.

| in Plex | in Stash | emptied in Stash | settings |
|---|---|---|---|
${FIELD_NAMES.map(fieldRow).join('\n')}

A template is a text with words in braces: ${TEMPLATE_WORDS.map((word) => `\`{${word}}\``).join(', ')}. What stands between two
words goes when one of them is empty: \`{studio} - {title}\` of a scene without a studio is its title. A template with
\`{title}\` is empty for a scene without one. \`{file}\` is the name of the first file without its extension.

## Webhooks

What \`notify_kind\` may be, and what \`notify_url\` looks like then. [operations.md](operations.md) says when something is
sent, and what.

| \`notify_kind\` | \`notify_url\` |
|---|---|
${WEBHOOK_KINDS.map((kind) => `| \`${kind}\` | ${WEBHOOKS[kind].address} |`).join('\n')}

## Where settings count from

Paths in the file count from the folder of the file, others from the working directory. A running service has its
settings from its start: after a change, start it anew. What is changed on the dashboard's page of settings holds at once,
and is saved to the file.
`;

function fieldRow(field: FieldName): string {
  const facts = FIELDS[field];
  const cells = [
    PLEX_WORDS[field],
    facts.stash,
    facts.kind === 'list' || facts.clears ? 'goes, if it was ours' : 'stays',
    SETTINGS_OF_FIELDS[field].map((key) => `\`${key}\``).join(', '),
  ];
  return `| ${cells.map(cell).join(' | ')} |`;
}

/** What people read in Plex Web. */
const PLEX_WORDS: { readonly [Name in FieldName]: string } = {
  title: 'Title',
  titleSort: 'Sort Title',
  originalTitle: 'Original Title',
  studio: 'Studio',
  summary: 'Summary',
  tagline: 'Tagline',
  originallyAvailableAt: 'Originally Available',
  contentRating: 'Content Rating',
  rating: 'Critic Rating',
  userRating: 'stars of the token’s user',
  actors: 'Actors',
  directors: 'Directors',
  genres: 'Genres',
  collections: 'Collections',
  labels: 'Labels',
};

const EXAMPLE = {
  plex_url: 'http://127.0.0.1:32400',
  plex_token: 'your Plex token',
  plex_library: ['Scenes'],
  stash_url: 'http://127.0.0.1:9999',
} satisfies Partial<Record<SettingKey, unknown>>;

function isShown(key: SettingKey): boolean {
  const facts: SettingFacts = SETTINGS[key];
  return facts.isHidden !== true;
}

function row(key: SettingKey): string {
  const facts: SettingFacts = SETTINGS[key];
  const example = facts.example === undefined ? '' : ` Example: \`${facts.example}\``;
  const inStash = facts.serviceOnly === true ? '–' : facts.label;
  const cells = [`\`${key}\``, inStash, typeWords(facts), defaultWords(facts), facts.words + example];
  return `| ${cells.map(cell).join(' | ')} |`;
}

function typeWords(facts: SettingFacts): string {
  switch (facts.kind) {
    case 'url':
      return 'address';
    case 'secret':
      return 'text, secret';
    case 'boolean':
      return 'true/false';
    case 'number':
      return `${facts.isWhole === true ? 'whole ' : ''}number, ${facts.min} to ${facts.max}${unitOf(facts)}`;
    case 'choice':
      return facts.choices.map((choice) => `\`${choice}\``).join(', ');
    case 'path':
    case 'list':
    case 'text':
    case 'template':
      return facts.kind;
    case 'time':
      return 'time of day';
  }
}

function defaultWords(facts: SettingFacts): string {
  if (!('default' in facts)) return facts.required ? 'required' : '–';
  if (facts.kind === 'list' || facts.default === '') return 'empty';
  return `\`${String(facts.default)}\`${unitOf(facts)}`;
}

const unitOf = (facts: SettingFacts): string =>
  facts.kind === 'number' && facts.unit !== undefined ? ` ${facts.unit}` : '';

/** A bar would end the cell. */
const cell = (text: string): string => text.replaceAll('|', '\\|');
