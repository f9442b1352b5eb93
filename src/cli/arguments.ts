import { InvalidArgumentError } from 'commander';
import { entityId, type SceneId, sceneId } from '../core/ids.ts';
import { type Subject, sceneSubject } from '../core/scene.ts';

/** What people type, as values; commander turns the error into a message that names the argument. */

export function parseSceneId(text: string): SceneId {
  if (/^\d{1,19}$/.test(text)) return sceneId(text);
  throw new InvalidArgumentError('Scene ids are digits, as in the address of a scene in Stash.');
}

export const parseSceneIds = (text: string, before: readonly SceneId[] = []): readonly SceneId[] => [
  ...before,
  parseSceneId(text),
];

/** `42` is a scene; others are named, as in `tag:7`. */
export function parseSubjects(text: string, before: readonly Subject[] = []): readonly Subject[] {
  const [, kind = 'scene', id = ''] = /^(?:(scene|performer|studio|tag|group):)?(\d{1,19})$/.exec(text) ?? [];
  switch (kind) {
    case 'performer':
    case 'studio':
    case 'tag':
    case 'group':
      return [...before, { kind, id: entityId(id) }];
    default:
      if (id === '')
        throw new InvalidArgumentError(
          'Allowed: a scene id such as 42, or tag:7, studio:7, performer:7, group:7.',
        );
      return [...before, sceneSubject(sceneId(id))];
  }
}

export function parseCount(text: string): number {
  const count = Number(text);
  if (!/^\d+$/.test(text) || count < 1 || count > 100_000) {
    throw new InvalidArgumentError('Allowed: a whole number from 1 to 100000.');
  }
  return count;
}

const UNIT_MS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `90m`, `24h`, `7d` in ms. */
export function parseDuration(text: string): number {
  const [, count, unit = ''] = /^(\d{1,6})([mhd])$/.exec(text) ?? [];
  const durationMs = Number(count) * (UNIT_MS[unit] ?? Number.NaN);
  if (!(durationMs > 0))
    throw new InvalidArgumentError('Allowed: minutes, hours or days such as 90m, 24h, 7d.');
  return durationMs;
}
