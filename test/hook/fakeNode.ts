import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { PluginFolder } from './hookRun.ts';

/**
 * A Node that says which version it is and notes its calls. hook.sh asks for the version before it starts
 * anything and waits for the answer: no `checks`, no start.
 */
export class FakeNode {
  readonly path: string;
  readonly #calls: string;

  constructor(folder: PluginFolder, version: string, place = 'node-bin/node') {
    this.path = path.join(folder.root, place);
    this.#calls = `${this.path}.calls`;
    mkdirSync(path.dirname(this.path), { recursive: true });
    writeFileSync(this.#calls, '');
    const script = `#!/bin/sh
if [ "$1" = --version ]; then
  echo check >>'${this.#calls}'
  echo '${version}'
else
  echo "start $1, inbox $PLEXSYNC_INBOX_DIR, event $PLEXSYNC_STORED_EVENT" >>'${this.#calls}'
fi
`;
    writeFileSync(this.path, script, { mode: 0o755 });
  }

  checks(): number {
    return this.#lines().filter((line) => line === 'check').length;
  }

  /** What it was started with. The hook does not wait for it. */
  starts(): readonly string[] {
    return this.#lines().flatMap((line) => (line.startsWith('start ') ? [line.slice('start '.length)] : []));
  }

  #lines(): readonly string[] {
    return readFileSync(this.#calls, 'utf8').split('\n');
  }
}
