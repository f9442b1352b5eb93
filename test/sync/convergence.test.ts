import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SWITCH_NAMES, SWITCHES, type Switches } from '../../simulator/plex/switches.ts';
import { openWorld, type World } from '../world/world.ts';
import { editsAmong, itemAt, performerIds, requestsDuring, settle, studioId, tagIds } from './eachWorld.ts';

const NAMES = ['Ada', 'Bea', 'Cai', 'Dee', 'Eli', 'Fay'];
const names = fc.subarray(NAMES);
const words = fc.constantFrom('', 'Red', 'Green', 'Blue');

/** What a day may bring, in any order. */
type Event =
  | {
      readonly kind: 'edit';
      readonly text: string;
      readonly names: readonly string[];
      readonly isTold: boolean;
    }
  | { readonly kind: 'person'; readonly text: string; readonly names: readonly string[] }
  | { readonly kind: 'time'; readonly ms: number }
  | { readonly kind: 'tick' | 'poll' | 'restart' };

const event: fc.Arbitrary<Event> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('edit'), text: words, names, isTold: fc.boolean() }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('person'), text: words, names }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('time'), ms: fc.constantFrom(100, 1_000, 3_000, 40_000) }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom('tick', 'poll', 'restart') }) },
);

const DOUBTFUL: readonly (keyof Switches)[] = SWITCH_NAMES.filter((name) => name !== 'plainHttp');
const sides: fc.Arbitrary<Partial<Switches>> = fc
  .tuple(...DOUBTFUL.map((name) => fc.constantFrom(...SWITCHES[name].sides)))
  .map((chosen) => Object.fromEntries(DOUBTFUL.map((name, index) => [name, chosen[index]])));

async function live(world: World, each: Event, named: Set<string>): Promise<void> {
  switch (each.kind) {
    case 'edit': {
      const { text } = each;
      world.stash.library.editScene(world.scene(1), {
        title: text,
        details: text === 'Red' ? '' : text,
        studioId: text === '' ? null : studioId(world, text),
        tagIds: tagIds(world, each.names),
        performerIds: performerIds(world, each.names),
      });
      if (each.isTold) await world.trigger(1);
      return;
    }
    case 'person':
      for (const name of each.names) named.add(name);
      world.plex.library.editAsPerson(world.itemKey(1), {
        fields: { summary: each.text, studio: each.text },
        tags: { genre: each.names },
        actors: each.names.map((name) => ({ name, role: 'By a person' })),
      });
      return;
    case 'time':
      world.clock.advance(each.ms);
      return;
    case 'tick':
      await world.engine.worker.tick();
      return;
    case 'poll':
      await world.engine.poll();
      return;
    case 'restart':
      await world.restart();
  }
}

function expectInStep(world: World, named: ReadonlySet<string>): void {
  const { library } = world.stash;
  const scene = world.scene(1);
  const item = itemAt(world, 1);
  if (scene.title !== '') expect(item.title).toBe(scene.title);
  if (scene.details !== '') expect(item.fields.summary).toBe(scene.details);
  if (scene.studioId !== null) expect(item.fields.studio).toBe(library.studios.get(scene.studioId)?.name);
  const tags = scene.tagIds.map((id) => library.tags.get(id)?.name ?? '');
  const performers = scene.performerIds.map((id) => library.performers.get(id)?.name ?? '');
  expectEntries(item.tags.genre, tags, named);
  expectEntries(
    item.actors.map((actor) => actor.name),
    performers,
    named,
  );
}

/** All of ours, each once, and beside them only what a person put there at some time. */
function expectEntries(shown: readonly string[], ours: readonly string[], named: ReadonlySet<string>): void {
  expect(shown).toEqual(expect.arrayContaining([...ours]));
  expect(shown.filter((name) => !ours.includes(name) && !named.has(name))).toEqual([]);
  expect(new Set(shown).size).toBe(shown.length);
}

test('whatever happens in whatever order, on whatever Plex: in the end it is in step, and stays so', async () => {
  await fc.assert(
    fc.asyncProperty(sides, fc.array(event, { minLength: 3, maxLength: 14 }), async (plex, events) => {
      const world = await openWorld({ files: 1, plex });
      try {
        const named = new Set<string>();
        for (const each of events) await live(world, each, named);
        world.clock.advance(60_000);
        await world.trigger(1);
        await settle(world);
        expectInStep(world, named);
        world.clock.advance(60_000);
        const requests = await requestsDuring(world, async () => {
          await world.engine.poll();
          await world.trigger(1, 'command');
          await settle(world);
        });
        expect(editsAmong(requests)).toEqual([]);
        expect((await world.operations.status()).queue).toMatchObject({ pending: 0, waiting: 0, dead: 0 });
        world.plex.log.assertHarmless();
      } finally {
        await world.close();
      }
    }),
    { numRuns: 60 },
  );
});
