import { expect, test } from 'vitest';
import { plexsync } from '../../test/fakes/commandLine.ts';
import { fakeOperations, quietStatus } from '../../test/fakes/fakeOperations.ts';
import { succeed } from '../core/result.ts';

/** A command that works itself. `looksUntilDone`: how often it is looked at how far it is until the work is done. */
async function working(args: string, bottomLine: ((text: string) => void) | null, looksUntilDone: number) {
  const finished = Promise.withResolvers<void>();
  if (looksUntilDone === 0) finished.resolve();
  let looks = 0;
  const own = fakeOperations({
    status: () => {
      looks += 1;
      if (looks === looksUntilDone) finished.resolve();
      return Promise.resolve({ ...quietStatus, queue: { ...quietStatus.queue, pending: 8 - looks } });
    },
  });
  const opened = { operations: own, drain: () => finished.promise, close: () => Promise.resolve() };
  const outcome = await plexsync(args, {
    bottomLine,
    openOperations: () => Promise.resolve(succeed(opened)),
  });
  return { ...outcome, looks };
}

test('a command that works itself shows how far it is, and leaves no trace of that', async () => {
  const shown: string[] = [];
  const { out, err } = await working('sync --all', (text) => shown.push(text), 3);
  expect(shown.slice(0, 2)).toEqual([
    '[                    ]   0 %  0 of 7 scenes looked at',
    '[##                  ]  14 %  1 of 7 scenes looked at, 3 seconds left',
  ]);
  expect(shown.at(-1)).toBe('');
  expect(out + err).not.toContain('looked at,');
});

test.each(['sync --all', 'reconcile'])('%s shows nothing of it to a file', async (args) => {
  const { looks } = await working(args, null, 0);
  // Once, at the end, for what is left.
  expect(looks).toBe(1);
});

test('nor to a program', async () => {
  const shown: string[] = [];
  await working('sync --all --json', (text) => shown.push(text), 0);
  expect(shown).toEqual([]);
});
