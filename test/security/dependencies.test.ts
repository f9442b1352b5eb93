import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { FITTING } from '../../scripts/licences.ts';

const root = new URL('../../', import.meta.url);
const read = (name: string): unknown => JSON.parse(readFileSync(new URL(name, root), 'utf8'));
const Versions = v.record(v.string(), v.string());
const { dependencies, devDependencies, allowScripts } = v.parse(
  v.object({
    dependencies: Versions,
    devDependencies: Versions,
    allowScripts: v.record(v.string(), v.boolean()),
  }),
  read('package.json'),
);
const { packages } = v.parse(
  v.object({
    packages: v.record(
      v.string(),
      v.object({
        version: v.optional(v.string()),
        license: v.optional(v.string()),
        dev: v.optional(v.boolean()),
        optional: v.optional(v.boolean()),
        peer: v.optional(v.boolean()),
        devOptional: v.optional(v.boolean()),
        integrity: v.optional(v.string()),
        hasInstallScript: v.optional(v.boolean()),
      }),
    ),
  }),
  read('package-lock.json'),
);
const locked = Object.entries(packages).filter(([place]) => place !== '');
/** What comes along with whatever is released. */
const released = locked.filter(
  ([, { dev, optional, peer, devOptional }]) => !(dev || optional || peer || devOptional),
);
/** With all that they bring; each one more is somebody more who is trusted. */
const MOST_RELEASED = 48;

test('every version is an exact one', () => {
  const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(
    ([, version]) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version),
  );
  expect(loose).toEqual([]);
});

test('every dependency stands in docs/architecture.md with what it is for', () => {
  const page =
    readFileSync(new URL('docs/architecture.md', root), 'utf8').split('## Dependencies, and why')[1] ?? '';
  const named = new Set(page.toLowerCase().match(/@?[a-z][\w./-]*/g));
  expect(Object.keys(dependencies).filter((name) => !named.has(name))).toEqual([]);
});

test('what is released is few, and under licences that fit', () => {
  expect(released.length).toBeGreaterThan(Object.keys(dependencies).length);
  expect(released.length).toBeLessThanOrEqual(MOST_RELEASED);
  expect(released.filter(([, { license = '' }]) => !FITTING.has(license)).map(([place]) => place)).toEqual(
    [],
  );
});

test('each package is known by its hash, but builds for other machines', () => {
  const unknown = locked.filter(
    ([, { integrity, optional }]) => integrity === undefined && optional !== true,
  );
  expect(unknown.map(([place]) => place)).toEqual([]);
  expect(released.filter(([, { integrity }]) => integrity === undefined)).toEqual([]);
});

test('no package runs anything when it is installed, but those that are named', () => {
  const running = locked.filter(([, { hasInstallScript }]) => hasInstallScript === true);
  const names = running.map(([place]) => place.slice(place.lastIndexOf('node_modules/') + 13));
  expect(names.sort()).toEqual(Object.keys(allowScripts).sort());
  expect(released.filter(([, { hasInstallScript }]) => hasInstallScript === true)).toEqual([]);
});
