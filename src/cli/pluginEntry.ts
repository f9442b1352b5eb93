import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fail } from '../core/result.ts';
import type { CliContext } from './context.ts';
import { processContext, runProcess } from './runProcess.ts';

/**
 * The command line in the plugin's folder: asks the daemon that the plugin runs. It never takes the daemon's
 * place, since the settings are Stash's.
 */
const NO_DAEMON =
  'No daemon of the plugin runs. Open Stash in a browser: that starts it, when the plugin is enabled and Node.js is found.';

function pluginContext(): CliContext {
  const context = processContext();
  return {
    ...context,
    environment: { PLEXSYNC_DATA_DIR: dataDir(), ...context.environment },
    connectDaemon: async (folder) => {
      const connected = await context.connectDaemon(folder);
      return connected.ok && connected.value === null ? fail(NO_DAEMON) : connected;
    },
    openOperations: async () => fail({ isHeld: false, message: NO_DAEMON }),
    runDaemon: async () =>
      fail('The plugin’s daemon is started by Stash. To run a service, use plexsync.cjs.'),
  };
}

/** hook.sh has written down beside itself where the inbox is; the data folder is around it. */
function dataDir(): string | undefined {
  try {
    const inbox = readFileSync(join(dirname(process.argv[1] ?? ''), 'inbox-path'), 'utf8').trim();
    return inbox === '' ? undefined : dirname(inbox);
  } catch {
    return undefined;
  }
}

void runProcess(pluginContext());
