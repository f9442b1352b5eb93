import { readId } from '../find/relatedIds.ts';
import type { Library } from '../model/library.ts';
import type { GroupRow, PerformerRow, StudioRow, TagRow } from '../model/rows.ts';
import type { Table } from '../model/table.ts';

export interface NamedRow {
  readonly id: number;
  name: string;
  readonly createdAt: string;
  updatedAt: string;
}

export interface EntityInput {
  readonly name?: string | null;
  readonly disambiguation?: string | null;
  readonly alias_list?: readonly string[] | null;
  readonly aliases?: readonly string[] | null;
  readonly urls?: readonly string[] | null;
  readonly parent_id?: string | null;
  readonly sort_name?: string | null;
  readonly description?: string | null;
  readonly parent_ids?: readonly string[] | null;
}

/** What differs between performers, studios, groups and tags. */
export interface EntityKind<Row extends NamedRow> {
  readonly library: Library;
  readonly table: Table<Row>;
  add(name: string): Row;
  change(input: EntityInput): Partial<Row>;
  /** Throws what Stash refuses. */
  check(row: { readonly id: number | null; readonly name: string; readonly input: EntityInput }): void;
  /** Takes it off whatever carries it. */
  release(id: number): void;
}

export function performerKind(library: Library): EntityKind<PerformerRow> {
  const table = library.performers;
  return {
    library,
    table,
    add: (name) => library.addPerformer({ name }),
    change: ({ name, disambiguation, alias_list }) => ({
      ...(name && { name }),
      ...(disambiguation !== undefined && { disambiguation: disambiguation ?? '' }),
      ...(alias_list !== undefined && { aliases: (alias_list ?? []).toSorted() }),
    }),
    check: (row) => {
      requireName(row, 'performer');
      const namesake = table.all().find((each) => each.id !== row.id && isSameName(each.name, row.name));
      if (namesake && namesake.disambiguation === (row.input.disambiguation ?? '')) {
        throw new Error(`performer with name '${row.name}' already exists`);
      }
    },
    release: (id) =>
      forScenes(library, (scene) => ({ performerIds: scene.performerIds.filter((other) => other !== id) })),
  };
}

export function studioKind(library: Library): EntityKind<StudioRow> {
  const table = library.studios;
  return {
    library,
    table,
    add: (name) => library.addStudio({ name }),
    change: ({ name, urls, aliases, parent_id }) => ({
      ...(name && { name }),
      ...(urls !== undefined && { urls: urls ?? [] }),
      ...(aliases !== undefined && { aliases: aliases ?? [] }),
      ...(parent_id !== undefined && { parentId: parent_id === null ? null : readId(parent_id) }),
    }),
    check: (row) => {
      requireName(row, 'studio');
      requireUnused(row, { table, noun: 'studio' });
      let ancestor = row.input.parent_id ? readId(row.input.parent_id) : null;
      while (ancestor !== null) {
        if (ancestor === row.id) throw new Error('studio cannot be an ancestor of itself');
        ancestor = table.get(ancestor)?.parentId ?? null;
      }
    },
    release: (id) => {
      forScenes(library, (scene) => (scene.studioId === id ? { studioId: null } : {}));
      for (const child of table.all()) if (child.parentId === id) table.update(child, { parentId: null });
    },
  };
}

export function groupKind(library: Library): EntityKind<GroupRow> {
  return {
    library,
    table: library.groups,
    add: (name) => library.addGroup({ name }),
    change: ({ name }) => (name ? { name } : {}),
    check: ({ name }) => {
      if (name === '') throw new Error('name cannot be empty');
    },
    release: (id) =>
      forScenes(library, (scene) => ({ groups: scene.groups.filter((each) => each.groupId !== id) })),
  };
}

export function tagKind(library: Library): EntityKind<TagRow> {
  const table = library.tags;
  const isBelow = (id: number, ancestorId: number): boolean =>
    id === ancestorId || (table.get(id)?.parentIds ?? []).some((parentId) => isBelow(parentId, ancestorId));
  return {
    library,
    table,
    add: (name) => library.addTag({ name }),
    change: ({ name, sort_name, description, aliases, parent_ids }) => ({
      ...(name && { name }),
      ...(sort_name !== undefined && { sortName: sort_name ?? '' }),
      ...(description !== undefined && { description: description ?? '' }),
      ...(aliases !== undefined && { aliases: aliases ?? [] }),
      ...(parent_ids !== undefined && { parentIds: (parent_ids ?? []).map(readId) }),
    }),
    check: (row) => {
      requireName(row, 'tag');
      requireUnused(row, { table, noun: 'tag' });
      for (const parentId of (row.input.parent_ids ?? []).map(readId)) {
        if (row.id !== null && isBelow(parentId, row.id)) {
          throw new Error(`cannot apply tag "${table.get(parentId)?.name}" as a parent of "${row.name}"`);
        }
      }
    },
    release: (id) => {
      forScenes(library, (scene) => ({ tagIds: scene.tagIds.filter((other) => other !== id) }));
      for (const child of table.all()) {
        if (child.parentIds.includes(id)) {
          table.update(child, { parentIds: child.parentIds.filter((other) => other !== id) });
        }
      }
    },
  };
}

type Scene = ReturnType<Library['addScene']>;

/** Without moving `updated_at`: Stash changes the relation, not the scene (stash reference §2.6). */
function forScenes(library: Library, change: (scene: Scene) => Partial<Scene>): void {
  for (const scene of library.scenes.all()) library.scenes.update(scene, change(scene));
}

function requireName({ name }: { readonly name: string }, noun: string): void {
  if (name === '') throw new Error(`${noun} name must not be blank`);
}

function requireUnused(
  row: { readonly id: number | null; readonly name: string; readonly input: EntityInput },
  { table, noun }: { table: Table<TagRow> | Table<StudioRow>; noun: string },
): void {
  for (const name of [row.name, ...(row.input.aliases ?? [])]) {
    const holder = [...table.all()].find(
      (each) => each.id !== row.id && [each.name, ...each.aliases].some((other) => isSameName(other, name)),
    );
    if (holder) throw new Error(`${noun} with name '${name}' already exists`);
  }
}

function isSameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
