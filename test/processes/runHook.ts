import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const HOOK = fileURLToPath(new URL('../../src/plugin/hook.sh', import.meta.url));

export interface HookEnd {
  readonly ms: number;
  /** Stash is to see a hook that ends well and says nothing but lines for its log; null: it did. */
  readonly amiss: string | null;
}

/** A level and a text each (stash reference §2.3). */
const LOG_LINES = /^(?:\u0001[iwe]\u0002[^\n]+\n)*$/;

/** hook.sh as Stash runs it for an update of a scene: a shell of its own, told on stdin. */
export async function runHook(inboxDir: string, sceneId: number): Promise<HookEnd> {
  const startedAt = performance.now();
  const child = spawn('sh', [HOOK, 'hook'], {
    cwd: '/',
    env: { PATH: process.env['PATH'], PLEXSYNC_INBOX_DIR: inboxDir },
  });
  const said = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (piece: string) => {
      said[stream] += piece;
    });
  }
  // It may end before it has read all.
  child.stdin.on('error', () => undefined);
  child.stdin.end(stdinOf(sceneId));
  const [code] = (await once(child, 'close')) as [number | null];
  const isFine = code === 0 && said.stdout === '' && LOG_LINES.test(said.stderr);
  const words = `exit code ${code}, “${said.stdout.trim()}”, “${said.stderr.trim()}”`;
  return { ms: performance.now() - startedAt, amiss: isFine ? null : words };
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
