import { expect, onTestFailed, onTestFinished } from 'vitest';
import { type NodeProcess, type StartRequest, spawnNode } from './nodeProcess.ts';
import { SECRETS } from './secrets.ts';

export type { Ended, StartRequest } from './nodeProcess.ts';

/** Of what a process said, when its test failed. */
const SHOWN_AT_MOST = 10_000;

/** A process of this test; killed with it, and searched for secrets that it printed. */
export type ChildProcess = NodeProcess;

export function startNode(args: readonly string[], request: StartRequest): ChildProcess {
  const child = spawnNode(args, request);
  onTestFailed(() => {
    if (child.stderr === '') return;
    console.error(`stderr of ${args.join(' ')}:\n${child.stderr.slice(-SHOWN_AT_MOST)}`);
  });
  onTestFinished(async () => {
    child.signal('SIGKILL');
    await child.ended;
    for (const secret of SECRETS) expect(child.stdout + child.stderr).not.toContain(secret);
  });
  return child;
}
