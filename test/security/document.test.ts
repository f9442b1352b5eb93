import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const docs = path.join(import.meta.dirname, '../../docs');
const page = readFileSync(path.join(docs, 'security.md'), 'utf8');

test('every test that docs/security.md names is there', () => {
  const named = [...page.matchAll(/\]\((\.\.\/[^)]+)\)/g)].map(([, link = '']) => link);
  expect(named.length).toBeGreaterThan(30);
  expect(named.filter((link) => !existsSync(path.join(docs, link)))).toEqual([]);
});

test('and every test of security is named there', () => {
  const tests = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.test.ts'));
  const others = tests.filter((name) => name !== 'document.test.ts');
  expect(others.filter((name) => !page.includes(`test/security/${name}`))).toEqual([]);
});
