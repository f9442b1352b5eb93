import type { Operations } from '../engine/operations.ts';
import type { CliContext } from './context.ts';
import { nextProgress, type Progress, progressLine } from './output/progressLine.ts';

const EACH_MS = 500;
const WIDTH = 80;

/** Waits for work that this process does, and shows on the bottom line how far it is, where somebody looks. */
export async function showProgress(
  work: Promise<void>,
  operations: Pick<Operations, 'status'>,
  { bottomLine, width, now, sleep }: Pick<CliContext, 'bottomLine' | 'width' | 'now' | 'sleep'>,
): Promise<void> {
  if (bottomLine === null) return work;
  let isDone = false;
  const done = work.finally(() => {
    isDone = true;
  });
  let progress: Progress | null = null;
  try {
    for (;;) {
      await Promise.race([done, sleep(EACH_MS)]);
      if (isDone) return await done;
      progress = nextProgress(progress, await operations.status(), now());
      bottomLine(progressLine(progress, now(), width ?? WIDTH));
    }
  } finally {
    bottomLine('');
  }
}
