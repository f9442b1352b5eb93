import { InvalidArgumentError } from 'commander';
import { isStashId, type SceneId, sceneId } from '../core/ids.ts';
import type { Subject } from '../core/scene.ts';
import { subjectNamed } from '../core/subjectNamed.ts';
import { PAST_TIMES, pastTime, UNIT_MS } from '../engine/words/pastTime.ts';
import { CommandFailure } from './exitCode.ts';

/** What people type, as values; commander turns the error into a message that names the argument. */

export function parseSceneId(text: string): SceneId {
  if (isStashId(text)) return sceneId(text);
  throw new InvalidArgumentError(
    'A scene id is a whole number from 1 on, as in the address of the scene in Stash.',
  );
}

export const parseSceneIds = (text: string, before: readonly SceneId[] = []): readonly SceneId[] => [
  ...before,
  parseSceneId(text),
];

/** `42` is a scene; others are named, as in `tag:7`. */
export function parseSubjects(text: string, before: readonly Subject[] = []): readonly Subject[] {
  const subject = subjectNamed(text);
  if (subject !== null) return [...before, subject];
  throw new InvalidArgumentError('Allowed: a scene id such as 42, or tag:7, studio:7, performer:7, group:7.');
}

export function parseCount(text: string): number {
  const count = Number(text);
  if (!/^\d+$/.test(text) || count < 1 || count > 100_000) {
    throw new InvalidArgumentError('Allowed: a whole number from 1 to 100000.');
  }
  return count;
}

/** A moment that lies back. Needs the time of now. */
export function parseTime(text: string, now: number): number {
  const time = pastTime(text, now);
  if (time !== null) return time;
  throw new CommandFailure(
    'usage',
    `${JSON.stringify(text)} is no time that lies back.`,
    `Allowed: ${PAST_TIMES}.`,
  );
}

/** `90m`, `24h`, `7d` in ms. */
export function parseDuration(text: string): number {
  const [, count, unit = ''] = /^(\d{1,6})([mhd])$/.exec(text) ?? [];
  const durationMs = Number(count) * (UNIT_MS[unit] ?? Number.NaN);
  if (!(durationMs > 0))
    throw new InvalidArgumentError('Allowed: minutes, hours or days such as 90m, 24h, 7d.');
  return durationMs;
}
