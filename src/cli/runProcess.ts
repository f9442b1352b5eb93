import { setTimeout as sleep } from 'node:timers/promises';
import { succeed } from '../core/result.ts';
import { packageVersion } from '../engine/packageVersion.ts';
import { controlAddress, isPipe } from '../server/controlAddress.ts';
import { connectControl } from '../server/controlClient.ts';
import type { CliContext } from './context.ts';
import { EXIT_CODES } from './exitCode.ts';
import { wantsColours } from './output/paint.ts';
import { type AddCommand, runCli } from './program.ts';

/** Runs the command line of this process. */
export async function runProcess(context: CliContext, more: readonly AddCommand[] = []): Promise<void> {
  // `plexsync queue | head` closes the pipe early, which is no failure; nor does a daemon end with its log's reader.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
  process.exitCode = await runCli(process.argv.slice(2), context, more);
}

/** Anything but a yes is a no, and so is the end of the input. */
async function askOnTerminal(question: string): Promise<boolean> {
  const { createInterface } = await import('node:readline/promises');
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const closed = new Promise<string>((resolve) => {
    terminal.once('close', () => resolve(''));
  });
  const answer = await Promise.race([terminal.question(`${question} [y/N] `), closed]);
  terminal.close();
  return /^y(es)?$/i.test(answer.trim());
}

/** What is the same for every command line. */
export const processContext = (): Omit<CliContext, 'openOperations' | 'runService'> => ({
  version: packageVersion(),
  environment: process.env,
  cwd: process.cwd(),
  now: Date.now,
  sleep: (ms) => sleep(ms),
  width: process.stdout.isTTY ? process.stdout.columns : null,
  ask: process.stdin.isTTY && process.stdout.isTTY ? askOnTerminal : null,
  hasColours: wantsColours({ isTerminal: process.stdout.isTTY, environment: process.env }),
  isLogOnTerminal: process.stderr.isTTY,
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  bottomLine: process.stderr.isTTY ? (text) => process.stderr.write(`\r\u001b[K${text}`) : null,
  onUncaught: (report) => {
    process.on('uncaughtException', (error) => {
      report(error);
      process.exit(EXIT_CODES.failed.code);
    });
  },
  connectDaemon: async (dataDir) => {
    const connected = await connectControl(controlAddress(dataDir));
    if (connected.ok) return connected;
    const { kind, message } = connected.failure;
    return kind === 'absent' ? succeed(null) : { ok: false, failure: message };
  },
  examineClosed: async (request) => {
    const { examineClosed } = await import('../engine/doctor/examineClosed.ts');
    return examineClosed(request);
  },
  forget: async (request) => {
    const { forget } = await import('../engine/forget.ts');
    const address = controlAddress(request.dataDir);
    return forget({ ...request, socket: isPipe(address) ? null : address, now: Date.now() });
  },
});
