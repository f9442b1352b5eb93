import { type ChildProcess, type Ended, type StartRequest, startNode } from './childProcess.ts';
import { MAIN } from './mainScript.ts';

export interface CommandEnd extends Ended {
  readonly stdout: string;
  readonly stderr: string;
}

/** `plexsync …` as a user runs it, in a process of its own, to its end. */
export async function plexsync(args: readonly string[], where: StartRequest): Promise<CommandEnd> {
  const command = startNode([MAIN, ...args], where);
  const ended = await command.ended;
  return { ...ended, stdout: command.stdout, stderr: command.stderr };
}

/** `plexsync serve`, returned when it runs. */
export async function serve(where: StartRequest, args: readonly string[] = []): Promise<ChildProcess> {
  const daemon = startNode([MAIN, 'serve', ...args], where);
  await daemon.hasSaid('"PlexSync runs"');
  return daemon;
}
