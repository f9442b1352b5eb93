import * as v from 'valibot';
import { fail, type Result, succeed } from '../core/result.ts';
import { parseJsonPrefix } from '../stash/jsonPrefix.ts';
import { TASKS, type TaskName } from './tasks.ts';

/** What somebody asks of the plugin in Stash: a task by its name, or one of the operations with its input. */
export type PluginRequest =
  | { readonly kind: 'task'; readonly task: TaskName }
  | { readonly kind: 'operation'; readonly operation: string; readonly input: unknown };

const RequestSchema = v.object({
  args: v.union([
    v.object({ task: v.picklist(Object.keys(TASKS) as readonly TaskName[]) }),
    v.object({ operation: v.string(), input: v.optional(v.unknown()) }),
  ]),
});

/** From stdin as Stash wrote it (stash reference §2.1): the arguments are the caller's, so anything may stand there. */
export function decodePluginRequest(bytes: Uint8Array): Result<PluginRequest, string> {
  const parsed = v.safeParse(RequestSchema, parseJsonPrefix(new TextDecoder().decode(bytes)));
  if (!parsed.success) return fail(NOT_UNDERSTOOD);
  const { args } = parsed.output;
  return succeed(
    'task' in args ? { kind: 'task', task: args.task } : { kind: 'operation', input: undefined, ...args },
  );
}

const NOT_UNDERSTOOD = `PlexSync does not understand this: it takes args.task, one of ${Object.keys(TASKS).join(', ')}, or args.operation with args.input.`;
