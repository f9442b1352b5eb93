import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fail } from '../core/result.ts';
import { dataBeside } from '../engine/dataBeside.ts';
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
    settingsElsewhere:
      'The settings of the plugin are in Stash: Settings > Plugins > PlexSync. What is wrong with them is shown by doctor.',
    environment: { ...folders(), ...context.environment },
    connectDaemon: async (folder) => {
      const connected = await context.connectDaemon(folder);
      return connected.ok && connected.value === null ? fail(NO_DAEMON) : connected;
    },
    openOperations: async () => fail({ isHeld: false, message: NO_DAEMON }),
    runService: async () =>
      fail('The plugin’s daemon is started by Stash. To run a service, use plexsync.cjs.'),
  };
}

/** Both folders where the daemon has them (pluginPlace.ts), unless the environment names others. */
function folders(): Readonly<Record<string, string>> {
  const inbox = inboxDir();
  return inbox === null ? {} : { PLEXSYNC_INBOX_DIR: inbox, PLEXSYNC_DATA_DIR: dataBeside(inbox) };
}

/** As hook.sh finds it: it has written down beside itself where the inbox is. Null before its first run. */
function inboxDir(): string | null {
  const given = process.env['PLEXSYNC_INBOX_DIR'] ?? '';
  if (given !== '') return resolve(given);
  try {
    const [inbox = ''] = readFileSync(join(dirname(process.argv[1] ?? ''), 'inbox-path'), 'utf8').split('\n');
    return inbox === '' ? null : inbox;
  } catch {
    return null;
  }
}

void runProcess(pluginContext());
