import { afterEach, expect, test } from 'vitest';
import { withoutSqliteWarning } from './nodeSqlite.ts';

const emitWarning = process.emitWarning;
afterEach(() => {
  process.emitWarning = emitWarning;
});

test('keeps back that SQLite is experimental, and no other warning', () => {
  const warnings: unknown[] = [];
  const record = ((...details: unknown[]) => warnings.push(details)) as typeof process.emitWarning;
  process.emitWarning = record;
  const value = withoutSqliteWarning(() => {
    process.emitWarning(
      'SQLite is an experimental feature and might change at any time',
      'ExperimentalWarning',
    );
    process.emitWarning('Other Thing is an experimental feature', 'ExperimentalWarning');
    process.emitWarning('SQLite is old', 'DeprecationWarning');
    return 'loaded';
  });
  expect(value).toBe('loaded');
  expect(warnings).toEqual([
    ['Other Thing is an experimental feature', 'ExperimentalWarning'],
    ['SQLite is old', 'DeprecationWarning'],
  ]);
  expect(process.emitWarning).toBe(record);
});

test('gives the warnings back even when nothing could be loaded', () => {
  expect(() =>
    withoutSqliteWarning(() => {
      throw new Error('no such module');
    }),
  ).toThrow('no such module');
  expect(process.emitWarning).toBe(emitWarning);
});
