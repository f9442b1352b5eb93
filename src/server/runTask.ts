import { FAILURE_POLICIES } from '../core/failure.ts';
import { fail, type Result, succeed } from '../core/result.ts';
import type { Operations, Status } from '../engine/operations.ts';
import type { TaskName } from './tasks.ts';

const RECENT_MS = 24 * 60 * 60 * 1000;

/** One JSON object; `message` says it in a sentence, without titles and paths: it goes to Stash's log. */
export interface TaskOutput {
  readonly message: string;
  readonly [fact: string]: unknown;
}

export async function runTask(task: TaskName, operations: Operations): Promise<Result<TaskOutput, string>> {
  switch (task) {
    case 'sync-all': {
      const queued = await operations.sync({ kind: 'all' });
      if (!queued.ok) return fail(queued.failure.message);
      const { scenes } = queued.value;
      const what = scenes === null ? 'every scene' : `all ${scenes} scenes`;
      return succeed({ message: `PlexSync looks at ${what} from now on.`, ...queued.value });
    }
    case 'sync-recent': {
      const queued = await operations.sync({ kind: 'recent', sinceMs: RECENT_MS });
      if (!queued.ok) return fail(queued.failure.message);
      const { added, coalesced } = queued.value;
      const message = `PlexSync looks at ${added + coalesced} scenes changed in the last 24 hours; ${coalesced} of them were waiting already.`;
      return succeed({ message, ...queued.value });
    }
    case 'reconcile': {
      const queued = await operations.reconcile();
      return succeed({ message: 'PlexSync lists Plex anew and compares everything from now on.', ...queued });
    }
    case 'retry-dead': {
      const { retried } = await operations.retry({ kind: 'all' });
      return succeed({ message: `PlexSync gives ${retried} dead letters another try.`, retried });
    }
    case 'clear-dead': {
      const { cleared } = await operations.clearDead({ kind: 'all' });
      return succeed({ message: `PlexSync removed ${cleared} dead letters.`, cleared });
    }
    case 'clear-queue': {
      const { cleared } = await operations.clearQueue();
      return succeed({ message: `PlexSync removed ${cleared} jobs from its queue.`, cleared });
    }
    case 'status': {
      const status = await operations.status();
      return succeed({ message: statusSentence(status), ...status });
    }
    case 'check': {
      const checks = await operations.check();
      const wrong = checks.filter((check) => check.state !== 'ok');
      const message =
        wrong.length === 0
          ? `PlexSync is set up: all ${checks.length} checks passed.`
          : `PlexSync: ${wrong.map(({ name, found, advice }) => [`${name}: ${found}`, advice].filter((part) => part !== null).join(' ')).join(' · ')}`;
      return succeed({ message, checks });
    }
  }
}

function statusSentence(status: Status): string {
  const { pending, running, waiting, dead } = status.queue;
  const kinds = Object.entries(status.queue.deadByClass).map(
    ([kind, count]) => `${FAILURE_POLICIES[kind as keyof typeof FAILURE_POLICIES].title}: ${count}`,
  );
  const deadWords =
    kinds.length === 0 ? `${dead} dead letters` : `${dead} dead letters (${kinds.join(', ')})`;
  return `PlexSync ${status.version} is ${stateWords(status)}: ${pending + running} scenes to look at, ${waiting} waiting for Plex, ${deadWords}, ${status.links} linked.`;
}

function stateWords(status: Status): string {
  if (status.setup !== null) return 'not set up';
  if (status.stop !== null) return 'stopped';
  if (!status.enabled) return 'switched off';
  if (status.pauses.length > 0) return 'paused';
  const away = Object.entries(status.breakers).filter(([, breaker]) => breaker.state === 'open');
  if (away.length > 0)
    return `waiting for ${away.map(([peer]) => (peer === 'plex' ? 'Plex' : 'Stash')).join(' and ')}`;
  return status.dryRun ? 'in a dry run' : 'running';
}
