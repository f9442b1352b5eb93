import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const HOOK = fileURLToPath(new URL('../../src/plugin/hook.sh', import.meta.url));

export interface HookEnd {
  readonly ms: number;
  /** Stash is to see a hook that ends well and says nothing; null: it did. */
  readonly amiss: string | null;
}

/** hook.sh as Stash runs it for an update of a scene: a shell of its own, told on stdin. */
export async function runHook(inboxDir: string, sceneId: number): Promise<HookEnd> {
  const startedAt = performance.now();
  const child = spawn('sh', [HOOK, 'hook'], {
    cwd: '/',
    env: { PATH: process.env['PATH'], PLEXSYNC_INBOX_DIR: inboxDir },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece) => (said += String(piece)));
  // It may end before it has read all.
  child.stdin.on('error', () => undefined);
  child.stdin.end(stdinOf(sceneId));
  const [code] = (await once(child, 'close')) as [number | null];
  const isFine = code === 0 && said === '';
  return { ms: performance.now() - startedAt, amiss: isFine ? null : `exit code ${code}, “${said.trim()}”` };
}

/** As short as Stash's own documents are for one field (stash reference §2.1). */
const stdinOf = (id: number): string =>
  JSON.stringify({
    server_connection: {
      Scheme: 'http',
      Host: '127.0.0.1',
      Port: 9_999,
      Dir: '/nowhere',
      PluginDir: '/nowhere',
    },
    args: {
      hookContext: {
        id,
        type: 'Scene.Update.Post',
        input: { id: String(id), title: 'whatever it says' },
        inputFields: ['id', 'title'],
      },
    },
  });
