import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Inbox } from '../../../../src/engine/inbox.ts';
import { openStore } from '../../../../src/store/sqlite/openStore.ts';
import { collectLog } from '../../../world/collectedLog.ts';
import { demand, type Target } from '../target.ts';
import { STASH_INPUTS } from './stashInput.ts';

/** Files of the inbox, through to the queue: one that nobody can read holds up no other, and none stays. */
const inbox: Target = {
  name: 'files of the inbox',
  seeds: STASH_INPUTS,
  weight: 1,
  async open() {
    const folder = mkdtempSync(path.join(tmpdir(), 'plexsync-hostile-'));
    const opened = openStore({ file: ':memory:', now: 0 });
    if (!opened.ok) throw new Error(opened.failure.message);
    const { store } = opened.value;
    const taken = new Inbox({
      directory: folder,
      queue: store.queue,
      meta: store.meta,
      clock: { now: () => 1_700_000_000_000, sleep: () => Promise.resolve() },
      logger: collectLog([]).logger,
      reach: () => undefined,
    });
    await taken.prepare({ isExternal: false });
    let number = 0;
    return {
      async feed(input: Uint8Array) {
        number += 1;
        writeFileSync(path.join(folder, `v1-${number}`), input);
        if (number % 7 === 0) mkdirSync(path.join(folder, `v1-folder-${number}`));
        if (number % 11 === 0) symlinkSync('/nowhere', path.join(folder, `v1-link-${number}`));
        await taken.takeIn({ isEnabled: true });
        const left = readdirSync(folder).filter((name) => name.startsWith('v1-'));
        demand(left.length === 0, 'what was read goes, and what cannot be read is put aside');
      },
      async close() {
        await store.close();
        rmSync(folder, { recursive: true });
      },
    };
  },
};

export const STORED_TARGETS: readonly Target[] = [inbox];
