import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { PARTS } from '../campaign/parts.ts';
import { readMutations } from '../mutations/mutation.ts';
import { PROMISES } from './promises.ts';

const ROOT = path.join(import.meta.dirname, '../..');
const mutations = new Map(
  readMutations(path.join(ROOT, 'test/mutations')).map((each) => [each.name, each] as const),
);
const promises = PROMISES.flatMap((group) => group.promises);

describe.each(promises)('$words', ({ tests, parts, mutations: patches }) => {
  test('is tried by tests and parts of the campaign that there are', () => {
    expect([...tests, ...parts].length).toBeGreaterThan(0);
    expect(tests.filter((file) => !existsSync(path.join(ROOT, file)))).toEqual([]);
    expect(parts.filter((name) => !PARTS.some((part) => part.name === name))).toEqual([]);
  });

  test('is broken by one patch at least, which what tries it has to notice', () => {
    expect(patches.length).toBeGreaterThan(0);
    const unnoticed = patches.filter((name) => {
      const patch = mutations.get(name);
      const noticing = [...(patch?.tests ?? []), ...(patch?.parts ?? [])];
      return !noticing.some((each) => tests.includes(each) || parts.includes(each));
    });
    expect(unnoticed).toEqual([]);
  });
});

test('each patch breaks a promise', () => {
  const named = new Set(promises.flatMap((each) => each.mutations));
  expect([...mutations.keys()].filter((name) => !named.has(name))).toEqual([]);
});

test('each part of the campaign tries a promise, and one patch at least is for it', () => {
  const tried = new Set(promises.flatMap((each) => each.parts));
  const proven = new Set([...mutations.values()].flatMap((each) => each.parts));
  expect(PARTS.map(({ name }) => name).filter((name) => !tried.has(name) || !proven.has(name))).toEqual([]);
});
