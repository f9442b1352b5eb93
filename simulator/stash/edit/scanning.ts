import { type Library, type NewFile } from '../model/library.ts';
import type { SceneRow } from '../model/rows.ts';

/** What a scan found; `hook` is what Stash tells plugins of it (stash reference §2.6), with input null. */
export interface ScanEvent {
  readonly sceneId: number;
  readonly type: 'Scene.Create.Post' | 'Scene.Update.Post';
}

/** A file that was not there before: a scene without a title. */
export function scanNewFile(library: Library, file: NewFile): ScanEvent {
  return { sceneId: library.addScene({ files: [file] }).id, type: 'Scene.Create.Post' };
}

/** One more file with the fingerprint of one that a scene has. */
export function scanCopy(library: Library, { scene, path }: { scene: SceneRow; path: string }): ScanEvent {
  const [primary] = library.filesOf(scene);
  const copy = library.addFile({
    path,
    ...(primary && { size: primary.size, durationMs: primary.durationMs }),
    ...(primary?.fingerprints['oshash'] && { oshash: primary.fingerprints['oshash'] }),
  });
  library.editScene(scene, { fileIds: [...scene.fileIds, copy.id] });
  return { sceneId: scene.id, type: 'Scene.Update.Post' };
}

/** The primary file under a new name: the scene's `updated_at` stays. */
export function scanRenamedFile(
  library: Library,
  { scene, path }: { scene: SceneRow; path: string },
): ScanEvent {
  const [primary] = library.filesOf(scene);
  if (primary === undefined) throw new Error(`scene ${scene.id} has no file`);
  library.files.update(primary, { path, updatedAt: library.printNow() });
  return { sceneId: scene.id, type: 'Scene.Update.Post' };
}

/** All files below a folder: nothing tells of it, not even the files' own times. */
export function scanRenamedFolder(library: Library, { from, to }: { from: string; to: string }): void {
  for (const file of library.files.all()) {
    if (file.path.startsWith(`${from}/`))
      library.files.update(file, { path: to + file.path.slice(from.length) });
  }
}
