import { expect, test } from 'vitest';
import { warningsAbout } from './sqliteVersion.ts';

test.each(['3.51.3', '3.52.0', '3.53.4', '4.0.0', '3.100.0'])('SQLite %s needs no warning', (version) => {
  expect(warningsAbout(version)).toEqual([]);
});

test.each(['3.51.2', '3.47.1', '3.6.23', '3.9.0'])('SQLite %s is warned of, with what to do', (version) => {
  expect(warningsAbout(version)).toEqual([expect.stringContaining(`SQLite ${version}`)]);
  expect(warningsAbout(version)).toEqual([expect.stringContaining('install a newer Node.js')]);
});
