import type { PluginEnd } from '../hooks/pluginProcess.ts';
import type { LogLine } from '../hooks/stashLog.ts';

export interface LoggedRequest {
  /** Root fields, such as `findScenes`; empty when the document could not be read. */
  readonly fields: readonly string[];
  readonly query: string;
  readonly variables: unknown;
  readonly auth: 'key' | 'cookie' | 'none';
  /** Null when no answer was sent. */
  readonly status: number | null;
}

export interface LoggedHook extends PluginEnd {
  readonly plugin: string;
  readonly type: string;
  readonly id: number;
  readonly ms: number;
}

/** What was asked, which hooks ran, and what Stash's own log would show. */
export class RequestLog {
  readonly requests: LoggedRequest[] = [];
  readonly hooks: LoggedHook[] = [];
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

  addLine(line: LogLine): void {
    this.lines.push(line);
    this.#onLine(line);
  }

  /** How many requests asked for this root field. */
  count(field: string): number {
    return this.requests.filter((request) => request.fields.includes(field)).length;
  }

  clear(): void {
    for (const list of [this.requests, this.hooks, this.lines]) list.length = 0;
  }
}
