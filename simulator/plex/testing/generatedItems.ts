import type { ItemInput } from '../itemInput.ts';
import type { ItemSource } from '../library.ts';

const TAGS = ['Outdoor', 'Indoor', 'Interview', 'Black & White', 'Été', 'Slow Motion'] as const;
const ACTORS = ['Ada Ayer', 'Bo Brook', 'Cleo Çelik', 'Dana Dahl', 'Émile Est'] as const;

/** A year before the simulator's default start: 2025-01-01 in epoch s. */
const FIRST_ADDED_AT = 1_735_689_600;

const itemAt = (n: number): ItemInput => ({
  title: `Scene ${n + 1}`,
  files: [
    { path: `/data/${(n % 100) + 1}/Scene ${n + 1}.mp4`, size: 1_000_000 + n, durationMs: 600_000 + n * 10 },
  ],
  fields: { summary: `Made by the simulator, number ${n + 1}` },
  tags: { genre: TAGS.slice(n % 3, (n % 3) + 3) },
  actors: ACTORS.slice(n % 2, (n % 2) + 4).map((name) => ({ name, role: '' })),
  addedAt: FIRST_ADDED_AT + n * 60,
});

/** So many plain items with tags and actors, for tests. */
export const generatedItems = (count: number): ItemSource => ({ count, itemAt });
