import type { SampleFile } from '../../sampleLibrary.ts';
import type { Library } from './library.ts';
import type { Table } from './table.ts';

/** A scene for each sample file, as if scanned and edited before PlexSync came. */
export function fillLibrary(library: Library, samples: readonly SampleFile[]): void {
  const idOf = <Row extends { readonly id: number; name: string }>(
    table: Table<Row>,
    add: (name: string) => Row,
  ) => {
    const known = new Map(table.all().map((row) => [row.name, row.id]));
    return (name: string): number => {
      const id = known.get(name) ?? add(name).id;
      known.set(name, id);
      return id;
    };
  };
  const studioId = idOf(library.studios, (name) => library.addStudio({ name }));
  const performerId = idOf(library.performers, (name) => library.addPerformer({ name }));
  const tagId = idOf(library.tags, (name) => library.addTag({ name }));
  for (const { title, stashPath, size, durationMs, oshash, studio, performers, tags } of samples) {
    library.addScene({
      title,
      studioId: studioId(studio),
      performerIds: performers.map(performerId),
      tagIds: tags.map(tagId),
      files: [{ path: stashPath, size, durationMs, oshash }],
    });
  }
}
