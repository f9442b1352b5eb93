import type { PathPair } from './inferPathMaps.ts';
import { nameKey } from './pathKey.ts';

interface FileFacts {
  readonly path: string;
  readonly size: number | null;
}

/** Two files of this in common are taken for one, until their paths say otherwise. */
export const fileFingerprint = ({ path, size }: FileFacts): string => `${nameKey(path)}\n${size}`;

/** All pairs that agree in name and size: what occurs several times is for {@link inferPathMaps} to see. */
export function pairFiles(files: readonly FileFacts[], parts: readonly FileFacts[]): readonly PathPair[] {
  const byFingerprint = Map.groupBy(parts, fileFingerprint);
  return files
    .filter(({ size }) => size !== null)
    .flatMap((file) =>
      (byFingerprint.get(fileFingerprint(file)) ?? []).map((part) => ({
        stash: file.path,
        plex: part.path,
        size: file.size,
      })),
    );
}
