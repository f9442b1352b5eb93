import type { FileRow, GroupRow, New, PerformerRow, SceneRow, StudioRow, TagRow } from './rows.ts';
import { Table } from './table.ts';

export interface NewFile {
  readonly path: string;
  readonly size?: number;
  readonly durationMs?: number;
  readonly oshash?: string;
  readonly zipFile?: FileRow['zipFile'];
}

/** What the simulated Stash knows. Changing it here is what no hook tells of; see `edit/` for what people do. */
export class Library {
  readonly scenes = new Table<SceneRow>('scenes');
  readonly files = new Table<FileRow>('files');
  readonly performers = new Table<PerformerRow>('performers');
  readonly studios = new Table<StudioRow>('studios');
  readonly groups = new Table<GroupRow>('groups');
  readonly tags = new Table<TagRow>('tags');
  readonly #covers = new Map<number, Buffer>();
  readonly #printNow: () => string;

  /** `printNow`: the time now as the server prints it. */
  constructor(printNow: () => string) {
    this.#printNow = printNow;
  }

  printNow(): string {
    return this.#printNow();
  }

  addFile(file: NewFile): FileRow {
    return this.files.insert((id) => ({
      id,
      path: file.path,
      size: file.size ?? 1_000_000 + id,
      durationMs: file.durationMs ?? 60_000,
      fingerprints: { oshash: file.oshash ?? id.toString(16).padStart(16, '0') },
      modTime: this.#printNow(),
      zipFile: file.zipFile ?? null,
      ...this.#newTimes(),
    }));
  }

  /** A scene with its files, the first of which is its primary file. */
  addScene(scene: Partial<New<SceneRow>> & { readonly files?: readonly NewFile[] } = {}): SceneRow {
    const { files = [], ...given } = scene;
    const fileIds = files.map((file) => this.addFile(file).id);
    return this.scenes.insert((id) => ({ id, ...EMPTY_SCENE, fileIds, ...given, ...this.#newTimes() }));
  }

  addPerformer(performer: Pick<PerformerRow, 'name'> & Partial<New<PerformerRow>>): PerformerRow {
    return this.performers.insert((id) => ({
      id,
      disambiguation: '',
      aliases: [],
      ...performer,
      ...this.#newTimes(),
    }));
  }

  addStudio(studio: Pick<StudioRow, 'name'> & Partial<New<StudioRow>>): StudioRow {
    const empty = { urls: [], aliases: [], parentId: null };
    return this.studios.insert((id) => ({ id, ...empty, ...studio, ...this.#newTimes() }));
  }

  addGroup(group: New<GroupRow>): GroupRow {
    return this.groups.insert((id) => ({ id, ...group, ...this.#newTimes() }));
  }

  addTag(tag: Pick<TagRow, 'name'> & Partial<New<TagRow>>): TagRow {
    const empty = { sortName: '', description: '', aliases: [], parentIds: [] };
    return this.tags.insert((id) => ({ id, ...empty, ...tag, ...this.#newTimes() }));
  }

  /** An edit of a scene: moves `updated_at`. */
  editScene(scene: SceneRow, change: Partial<New<SceneRow>>): void {
    this.scenes.update(scene, { ...change, updatedAt: this.#printNow() });
  }

  /** Any bytes: Stash does not look at what it is given. A new cover moves `updated_at`. */
  setCover(scene: SceneRow, cover: Buffer): void {
    this.#covers.set(scene.id, cover);
    this.editScene(scene, {});
  }

  /** Null: the placeholder is shown. */
  coverOf(scene: SceneRow): Buffer | null {
    return this.#covers.get(scene.id) ?? null;
  }

  /** The first is the primary file. */
  filesOf(scene: SceneRow): readonly FileRow[] {
    return rowsOf(this.files, scene.fileIds);
  }

  #newTimes(): { createdAt: string; updatedAt: string } {
    const now = this.#printNow();
    return { createdAt: now, updatedAt: now };
  }
}

/** In the order of `ids`. */
export function rowsOf<Row extends { readonly id: number }>(
  table: Table<Row>,
  ids: readonly number[],
): readonly Row[] {
  return ids.flatMap((id) => table.get(id) ?? []);
}

const EMPTY_SCENE: New<SceneRow> = {
  title: '',
  code: '',
  details: '',
  director: '',
  urls: [],
  date: null,
  rating100: null,
  organized: false,
  studioId: null,
  performerIds: [],
  tagIds: [],
  groups: [],
  fileIds: [],
};
