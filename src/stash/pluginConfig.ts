import * as v from 'valibot';
import { fail, type Result, succeed } from '../core/result.ts';
import { type AskStash, failureOf } from './graphql.ts';
import { notStash } from './stashFailure.ts';

/** What Stash says of our plugin. */
export interface PluginConfig {
  /** Null: Stash does not know the plugin any more. */
  readonly isEnabled: boolean | null;
  /** As they are stored, without defaults; empty when nothing was ever set (stash reference §1.5). */
  readonly values: Readonly<Record<string, unknown>>;
  /** Empty: Stash has none. */
  readonly apiKey: string;
}

const READ = `query PlexSyncPlugin($ids: [ID!]) {
  configuration { general { apiKey } plugins(include: $ids) }
  plugins { id enabled }
}`;

const WRITE = `mutation PlexSyncConfigure($id: ID!, $values: Map!) {
  configurePlugin(plugin_id: $id, input: $values)
}`;

const AnswerSchema = v.object({
  configuration: v.object({
    general: v.object({ apiKey: v.nullish(v.string(), '') }),
    plugins: v.nullish(v.record(v.string(), v.nullable(v.record(v.string(), v.unknown()))), {}),
  }),
  plugins: v.nullish(v.array(v.object({ id: v.string(), enabled: v.boolean() })), []),
});

export async function readPluginConfig(ask: AskStash, id: string): Promise<Result<PluginConfig>> {
  const answer = await ask(READ, { ids: [id] });
  if (!answer.ok) return answer;
  const failure = failureOf(answer.value);
  if (failure !== null) return fail(failure);
  const parsed = v.safeParse(AnswerSchema, answer.value.data);
  if (!parsed.success) return fail(notStash('The answer about plugins is not what Stash gives.'));
  const { configuration, plugins } = parsed.output;
  return succeed({
    isEnabled: plugins.find((plugin) => plugin.id === id)?.enabled ?? null,
    values: configuration.plugins[id] ?? {},
    apiKey: configuration.general.apiKey,
  });
}

/** Replaces all that is stored for the plugin, so what is to stay has to be in it (stash reference §1.5). */
export async function writePluginConfig(
  ask: AskStash,
  id: string,
  values: PluginConfig['values'],
): Promise<Result<void>> {
  const answer = await ask(WRITE, { id, values });
  if (!answer.ok) return answer;
  const failure = failureOf(answer.value);
  return failure === null ? succeed(undefined) : fail(failure);
}
