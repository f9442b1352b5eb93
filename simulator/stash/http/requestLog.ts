import { InFlight } from '../../inFlight.ts';
import { Traffic } from '../../traffic.ts';
import type { PluginRunEnd } from '../plugins/pluginRunner.ts';
import type { LogLine } from '../plugins/stashLog.ts';

export interface LoggedRequest {
  /** Root fields, such as `findScenes`; empty when the document could not be read. */
  readonly fields: readonly string[];
  readonly query: string;
  readonly variables: unknown;
  readonly auth: 'key' | 'cookie' | 'none';
  /** Null when no answer was sent. */
  readonly status: number | null;
}

export interface LoggedCover {
  readonly path: string;
  /** Whether only the first bytes were asked for. */
  readonly isPart: boolean;
  readonly status: number;
}

export interface LoggedHook extends PluginRunEnd {
  readonly plugin: string;
  readonly type: string;
  readonly id: number;
}

export interface LoggedTask extends PluginRunEnd {
  readonly plugin: string;
  readonly task: string | null;
  readonly jobId: number;
  /** With the defaults of the task. */
  readonly args: Readonly<Record<string, unknown>>;
}

export interface LoggedOperation extends PluginRunEnd {
  readonly plugin: string;
  readonly args: Readonly<Record<string, unknown>>;
}

/** What was asked, which hooks, tasks and operations ran, and what Stash's own log would show. */
export class RequestLog {
  readonly traffic = new Traffic();
  readonly requests: LoggedRequest[] = [];
  /** WebSockets left out. */
  readonly inFlight = new InFlight();
  readonly covers: LoggedCover[] = [];
  readonly hooks: LoggedHook[] = [];
  readonly tasks: LoggedTask[] = [];
  readonly operations: LoggedOperation[] = [];
  readonly lines: LogLine[] = [];
  readonly #onLine: (line: LogLine) => void;

  constructor(onLine: (line: LogLine) => void) {
    this.#onLine = onLine;
  }

  addRequest(request: LoggedRequest): void {
    this.requests.push(request);
  }

  addHook(hook: LoggedHook): void {
    this.hooks.push(hook);
  }

  addTask(task: LoggedTask): void {
    this.tasks.push(task);
  }

  addOperation(operation: LoggedOperation): void {
    this.operations.push(operation);
  }

  addLine(line: LogLine): void {
    this.lines.push(line);
    this.#onLine(line);
  }

  /** How many requests asked for this root field. */
  count(field: string): number {
    return this.requests.filter((request) => request.fields.includes(field)).length;
  }

  /** Of each root field; a request that asks for many scenes at once counts once. */
  counts(): Readonly<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const { fields } of this.requests) {
      const [field = 'unread'] = fields;
      counts[field] = (counts[field] ?? 0) + 1;
    }
    return counts;
  }

  clear(): void {
    for (const list of [this.requests, this.covers, this.hooks, this.tasks, this.operations, this.lines])
      list.length = 0;
    this.inFlight.forget();
  }
}
