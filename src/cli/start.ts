import { fail } from '../core/result.ts';
import { RecentLines } from '../log/recentLines.ts';
import { webServerOf } from '../server/web/webServerOf.ts';
import { type StartSetup, setupCommand } from './commands/setup.ts';
import type { CliContext } from './context.ts';
import { processContext, runProcess } from './runProcess.ts';

/** The command line of the service. */
export const start = (): Promise<void> => runProcess(serviceContext(), [setupCommand(startSetup)]);

const serviceContext = (): CliContext => ({
  ...processContext(),
  // The engine and the server are loaded when needed: most commands only ask a running daemon.
  openOperations: async ({ log, ...request }) => {
    const [{ openOperations }, { createLogger }] = await Promise.all([
      import('../engine/inProcess.ts'),
      import('../log/logger.ts'),
    ]);
    return openOperations({ ...request, logger: createLogger(log) });
  },
  runDaemon: async ({ settings, log, version }) => {
    const recentLog = new RecentLines();
    const [{ runDaemon }, { createLogger }, { makeReachable }, web] = await Promise.all([
      import('../engine/daemon.ts'),
      import('../log/logger.ts'),
      import('../server/reachable.ts'),
      webServerOf(settings, recentLog),
    ]);
    const logger = createLogger(web === null ? log : { ...log, tee: recentLog.note });
    const { data_dir: dataDir, inbox_dir: inboxDir } = settings;
    const ended = await runDaemon({
      settings,
      logger,
      version,
      signal: endSignal(),
      isExternal: true,
      ...(web === null ? {} : { meter: web.meter }),
      serve: (daemon) =>
        makeReachable({
          dataDir,
          inboxDir,
          operations: daemon.operations,
          daemon,
          web,
          logger,
          isExternal: true,
        }),
    });
    return ended.ok ? ended : fail(ended.failure.message);
  },
});

/** The first signal ends the daemon in order; a second one kills it at once. */
function endSignal(): AbortSignal {
  const ending = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => ending.abort());
  return ending.signal;
}

const startSetup: StartSetup = async (run, options) => {
  const [{ runSetup }, { terminalQuestions }] = await Promise.all([
    import('./asking/runSetup.ts'),
    import('./asking/terminalQuestions.ts'),
  ]);
  const { stdin: input, stdout: output } = process;
  const signal = endSignal();
  const questions = input.isTTY && output.isTTY ? terminalQuestions({ input, output, signal }) : null;
  await runSetup(run, options, { questions, signal });
};
