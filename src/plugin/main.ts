import { packageVersion } from '../engine/packageVersion.ts';
import { runPluginDaemon } from './pluginDaemon.ts';
import { pluginPlace } from './pluginPlace.ts';

/** The plugin's daemon: what hook.sh starts. It has no streams, so all it says goes to its log file. */
const bundle = process.argv[1] ?? '';
const place = pluginPlace(process.env, bundle);
if (place === null) {
  process.stderr.write('This is started by hook.sh, which names the inbox in PLEXSYNC_INBOX_DIR.\n');
  process.exitCode = 2;
} else {
  const ending = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => ending.abort());
  void runPluginDaemon({
    place,
    environment: process.env,
    version: packageVersion(),
    signal: ending.signal,
  });
}
