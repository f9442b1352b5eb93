import fc from 'fast-check';
import { destroyEntities, mergeTags, updateEntity } from '../../simulator/stash/edit/editEntities.ts';
import {
  type EntityKind as Kind,
  type NamedRow,
  performerKind,
  studioKind,
  tagKind,
} from '../../simulator/stash/edit/entityKinds.ts';
import { entityId } from '../../src/core/ids.ts';
import { type EntityKind, entitySubject } from '../../src/core/scene.ts';
import { type Command, command, oneOf } from './command.ts';
import type { LivingWorld } from './livingWorld.ts';

const which = fc.record({
  kind: fc.constantFrom('performer', 'studio', 'tag'),
  place: fc.nat(20),
  isTold: fc.boolean(),
});
interface Which {
  readonly kind: 'performer' | 'studio' | 'tag';
  readonly place: number;
}
type Change = <Row extends NamedRow>(kind: Kind<Row>, id: string) => void;

/** @returns the id of what was changed; undefined when there is none. */
function change({ world }: LivingWorld, { kind, place }: Which, act: Change): number | undefined {
  const { library } = world.stash;
  const changeRow = <Row extends NamedRow>(of: Kind<Row>): number | undefined => {
    const row = oneOf(of.table.all(), place);
    if (row !== undefined) act(of, String(row.id));
    return row?.id;
  };
  switch (kind) {
    case 'performer':
      return changeRow(performerKind(library));
    case 'studio':
      return changeRow(studioKind(library));
    case 'tag':
      return changeRow(tagKind(library));
  }
}

/** As the hook of Stash would. */
async function tell({ world }: LivingWorld, kind: EntityKind, id: number): Promise<void> {
  const now = world.clock.now();
  const subject = entitySubject(kind, entityId(String(id)));
  await world.engine.store.queue.enqueue([{ subject, source: 'hook' }], { now, dueAt: now });
}

const rename = which.map(({ kind, place, isTold }) =>
  command(`rename ${kind} ${place}${isTold ? ', told' : ''}`, async (living) => {
    const name = living.newName();
    const id = change(living, { kind, place }, (of, row) => updateEntity(of, { id: row, name }));
    if (isTold && id !== undefined) await tell(living, kind, id);
  }),
);

const destroy = which.map(({ kind, place, isTold }) =>
  command(`destroy ${kind} ${place}${isTold ? ', told' : ''}`, async (living) => {
    const id = change(living, { kind, place }, (of, row) => destroyEntities(of, [row]));
    if (isTold && id !== undefined) await tell(living, kind, id);
  }),
);

const merge = fc.record({ into: fc.nat(20), from: fc.nat(20), isTold: fc.boolean() }).map((chosen) =>
  command(`merge tag ${chosen.from} into ${chosen.into}${chosen.isTold ? ', told' : ''}`, async (living) => {
    const { library } = living.world.stash;
    const into = oneOf(library.tags.all(), chosen.into);
    const from = oneOf(library.tags.all(), chosen.from);
    if (into === undefined || from === undefined || into === from) return;
    mergeTags({ source: [String(from.id)], destination: String(into.id) }, library);
    if (chosen.isTold) await tell(living, 'tag', into.id);
  }),
);

export const entityCommands: readonly fc.Arbitrary<Command>[] = [rename, rename, destroy, merge];
