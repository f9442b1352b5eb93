import { readdirSync, readFileSync } from 'node:fs';
import { isStashId } from '../../../../src/core/ids.ts';
import { decodePluginRequest } from '../../../../src/server/pluginRequest.ts';
import { decodeHookEvent } from '../../../../src/stash/hookEvent.ts';
import { parseJsonPrefix } from '../../../../src/stash/jsonPrefix.ts';
import { decodeServerConnection } from '../../../../src/stash/serverConnection.ts';
import { demand, jsonBytes, pureTarget, type Target, textOf } from '../target.ts';

/** What a real Stash wrote to hooks, tasks and operations. */
const FOLDER = new URL('../../../../src/stash/fixtures/stdin/', import.meta.url);
export const STASH_INPUTS: readonly Uint8Array[] = [
  ...readdirSync(FOLDER).map((name) => new Uint8Array(readFileSync(new URL(name, FOLDER)))),
  jsonBytes({
    args: { operation: 'undo', input: { selection: { kind: 'since', since: 0 }, isForced: true } },
  }),
  jsonBytes({ args: { task: 'sync' }, server_connection: { Scheme: 'https', Host: '::', Port: 9999 } }),
];

const KINDS = new Set(['scene', 'performer', 'studio', 'tag', 'group']);

const hookEvent = pureTarget('what a hook is told', STASH_INPUTS, (input) => {
  const event = decodeHookEvent(input);
  if (event.kind !== 'triggers') return;
  for (const { kind, id } of event.subjects)
    demand(KINDS.has(kind) && isStashId(id), 'a subject has a kind and an id');
  demand(Number.isSafeInteger(event.batch) && event.batch >= 1, 'a batch has one event at least');
});

const connection = pureTarget('how Stash is reached', STASH_INPUTS, (input) => {
  const found = decodeServerConnection(input);
  if (found === null) return;
  demand(/^https?:\/\//.test(found.url) && URL.canParse(found.url), 'an address is one');
  const { cookie } = found;
  if (cookie !== null) demand(/^[!-~]+$/.test(cookie.name + cookie.value), 'a cookie can stand in a header');
});

const request = pureTarget('what the plugin is asked', STASH_INPUTS, (input) => {
  const asked = decodePluginRequest(input);
  if (asked.ok && asked.value.kind === 'operation')
    demand(typeof asked.value.operation === 'string', 'it has a name');
});

/** A text that is whole is read as JSON.parse() reads it, and each of its beginnings is no error. */
const prefix = pureTarget('JSON that may end anywhere', STASH_INPUTS, (input) => {
  parseJsonPrefix(textOf(input));
});

export const STASH_INPUT_TARGETS: readonly Target[] = [hookEvent, connection, request, prefix];
