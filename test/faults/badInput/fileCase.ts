import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type BadInputCase, NONE, type Observed } from './badInputCase.ts';

interface FileCase {
  readonly input: string;
  readonly expected: Pick<Observed, 'state' | 'message'>;
  readonly look: (folder: string) => Promise<Pick<Observed, 'state' | 'message'>>;
}

/** A case in a folder of its own, before any server is asked. */
export const fileCase = ({ input, expected, look }: FileCase): BadInputCase => ({
  input,
  expected: { ...expected, ...ASKS_NOBODY },
  observe: async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'plexsync-bad-'));
    try {
      const { state, message } = await look(folder);
      return { state, message: message.replaceAll(folder, 'DATA'), ...ASKS_NOBODY };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
});

const ASKS_NOBODY = { requests: NONE, afterwards: NONE };
