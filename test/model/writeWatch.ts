import { expect } from 'vitest';
import type { LoggedRequest } from '../../simulator/plex/requestLog.ts';
import type { World } from '../world/world.ts';
import type { ExpectedLibrary } from './expectedLibrary.ts';

/**
 * Nothing changes in Stash while the daemon acts. So each edit that it sent meanwhile goes to an item whose file
 * a scene has now, and brings nothing but what this scene holds now; to a held one only an undo.
 */
export class WriteWatch {
  readonly #world: World;
  readonly #expected: ExpectedLibrary;
  readonly #holds: { readonly held: ReadonlySet<number>; readonly undone: ReadonlySet<number> };
  #seen = 0;

  constructor(
    world: World,
    expected: ExpectedLibrary,
    holds: { readonly held: ReadonlySet<number>; readonly undone: ReadonlySet<number> },
  ) {
    this.#holds = holds;
    this.#world = world;
    this.#expected = expected;
  }

  check(): void {
    this.#expected.look();
    const { requests } = this.#world.plex.log;
    for (const request of requests.slice(this.#seen)) if (request.kind === 'edits') this.#checkEdit(request);
    this.#seen = requests.length;
    this.#world.plex.log.assertHarmless();
  }

  #checkEdit({ query }: LoggedRequest): void {
    const key = valueOf(query, 'id') ?? '';
    const file = this.#expected.fileOf(key);
    expect(file, `the item ${key} that is edited`).toBeDefined();
    const scene = this.#expected.sceneOf(file ?? 0);
    if (scene === undefined) expect.unreachable(`item ${key} is edited, and no scene has its file ${file}`);
    const { title, studio, summary } = this.#expected.of(scene);
    if (this.#holds.held.has(scene.id)) {
      expect([...this.#holds.undone], `held scenes that are written`).toContain(scene.id);
      return;
    }
    for (const [name, value] of Object.entries({ title, studio, summary })) {
      const sent = valueOf(query, `${name}.value`);
      if (sent !== undefined) expect(sent, `${name} sent to item ${key}`).toBe(value);
    }
  }
}

const valueOf = (query: LoggedRequest['query'], name: string): string | undefined =>
  query.find(([key]) => key === name)?.[1];
