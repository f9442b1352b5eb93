import { type SampleFile, sampleFile } from '../sampleLibrary.ts';
import type { ItemInput } from './itemInput.ts';
import type { ItemSource, SectionInput } from './library.ts';

/** 2025-01-01 in epoch s. */
const FIRST_ADDED_AT = 1_735_689_600;

/** As Plex shows a file it has only scanned. */
const itemOf = ({ plexPath, size, durationMs }: SampleFile, n: number): ItemInput => ({
  files: [{ path: plexPath, size, durationMs }],
  addedAt: FIRST_ADDED_AT + n * 60,
});

/** The files of the made-up library that the simulated Stash has, too. */
const sampleItems = (count: number): ItemSource => ({
  count,
  itemAt: (n) => itemOf(sampleFile(n + 1), n),
});

export const sampleSection = (title: string, count: number): SectionInput => ({
  title,
  locations: ['/media'],
  items: sampleItems(count),
});
