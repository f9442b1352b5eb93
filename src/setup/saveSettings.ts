import {
  chownSync,
  closeSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { type Answers, withAnswers } from '../core/firstRun/withAnswers.ts';
import { fail, type Result, succeed } from '../core/result.ts';
import { readSettingsFile } from './settingsFile.ts';

/** It holds the token of the server's owner. */
const FOR_ITS_OWNER = 0o600;

/**
 * Puts the answers into the settings file, whole or not at all. What else stands in it stays. The writing itself is
 * one piece that no signal parts: whoever was told that it ended before finds nothing written.
 */
export async function saveSettings(
  path: string,
  answers: Answers,
  signal: AbortSignal,
): Promise<Result<void, string>> {
  const before = await readSettingsFile(path);
  if (!before.ok) return before;
  if (signal.aborted) return fail(`${path} was left as it was.`);
  return replaceFile(path, `${JSON.stringify(withAnswers(before.value ?? {}, answers), null, 2)}\n`);
}

function replaceFile(path: string, text: string): Result<void, string> {
  const before = statSync(path, { throwIfNoEntry: false });
  // The link itself is somebody's arrangement: its target is replaced.
  const target = before === undefined ? path : realpathSync(path);
  const written = `${target}.new`;
  try {
    // What a kill may have left there has a mode and an owner of its own.
    rmSync(written, { force: true });
    const file = openSync(written, 'wx', FOR_ITS_OWNER);
    try {
      writeSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    // Whoever could read it can go on reading it, also when an administrator does the set-up.
    if (before !== undefined && before.uid !== process.getuid?.()) chownSync(written, before.uid, before.gid);
    renameSync(written, target);
    return succeed(undefined);
  } catch (error) {
    rmSync(written, { force: true });
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    return fail(`${path} cannot be written (${code}).${ADVICE[code] ?? ''}`);
  }
}

const ADVICE: Readonly<Record<string, string>> = {
  ENOENT: ' Its folder does not exist.',
  EACCES: ' Its folder belongs to another user.',
  EROFS: ' Its folder cannot be written to: name another file by --config.',
  // A single file that is mounted into a container cannot be replaced.
  EBUSY: ' It is mounted by itself: mount the folder that it lies in.',
};
