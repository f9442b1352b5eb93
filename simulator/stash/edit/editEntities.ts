import { readId } from '../find/relatedIds.ts';
import type { Library } from '../model/library.ts';
import type { TagRow } from '../model/rows.ts';
import { type EntityInput, type EntityKind, type NamedRow, tagKind } from './entityKinds.ts';

export function createEntity<Row extends NamedRow>(
  kind: EntityKind<Row>,
  input: EntityInput & { name: string },
): Row {
  const name = input.name.trim();
  kind.check({ id: null, name, input });
  const row = kind.add(name);
  kind.table.update(row, kind.change({ ...input, name }));
  return row;
}

export function updateEntity<Row extends NamedRow>(
  kind: EntityKind<Row>,
  input: EntityInput & { id: string },
): Row {
  const { table } = kind;
  const row = table.get(readId(input.id));
  if (row === undefined) throw new Error(`${table.name.slice(0, -1)} with id ${readId(input.id)} not found`);
  const name = input.name === undefined ? row.name : (input.name ?? '').trim();
  kind.check({ id: row.id, name, input });
  row.updatedAt = kind.library.printNow();
  table.update(row, kind.change({ ...input, name }));
  return row;
}

/** All or none. The scenes that carried it lose it in silence. */
export function destroyEntities<Row extends NamedRow>(
  kind: EntityKind<Row>,
  ids: readonly string[],
): readonly number[] {
  const { table } = kind;
  const numbers = ids.map(readId);
  for (const id of numbers) {
    if (table.get(id) === undefined) throw new Error(`id ${id} does not exist in ${table.name}`);
  }
  for (const id of numbers) {
    kind.release(id);
    table.delete(id);
  }
  return numbers;
}

/** The destination takes over scenes, children and names of the sources. */
export function mergeTags(
  input: { readonly source: readonly string[]; readonly destination: string },
  library: Library,
): TagRow {
  const { tags, scenes } = library;
  const destinationId = readId(input.destination);
  const sourceIds = input.source.map(readId);
  if (sourceIds.includes(destinationId)) throw new Error('cannot merge where source == destination');
  const [destination, ...sources] = [destinationId, ...sourceIds].map((id) => {
    const tag = tags.get(id);
    if (tag === undefined) throw new Error(`id ${id} does not exist in tags`);
    return tag;
  });
  if (destination === undefined) throw new Error(`id ${destinationId} does not exist in tags`);
  const replace = (ids: readonly number[]): readonly number[] => [
    ...new Set(ids.map((id) => (sourceIds.includes(id) ? destinationId : id))),
  ];
  for (const scene of scenes.all()) scenes.update(scene, { tagIds: replace(scene.tagIds) });
  for (const tag of tags.all()) {
    if (tag.id !== destinationId) tags.update(tag, { parentIds: replace(tag.parentIds) });
  }
  const aliases = [...destination.aliases, ...sources.flatMap((source) => [source.name, ...source.aliases])];
  for (const source of sources) {
    tagKind(library).release(source.id);
    tags.delete(source.id);
  }
  tags.update(destination, { aliases, updatedAt: library.printNow() });
  return destination;
}
