import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { configDocument } from '../../scripts/configDocument.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'plexsync-scripts-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const node = (...args: readonly string[]): { status: number | null; stdout: string; stderr: string } =>
  spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });

test('docs/config.md says what the table of settings says', () => {
  expect(readFileSync(join(ROOT, 'docs/config.md'), 'utf8')).toBe(configDocument());
});

test('every npm script looks at the Node it runs on before anything else', () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const strays = Object.entries(scripts).filter(
    ([, script]) => !script.startsWith('node scripts/requireNode.cjs && '),
  );
  expect(strays).toEqual([]);
});

test.each([
  ['v20.20.2', 1],
  ['v22.17.1', 1],
  ['v22.18.0', 0],
  ['v24.0.0', 0],
])('Node %s: exit code %i, with one sentence when it is refused', (version, code) => {
  const preload = join(folder, `${version}.cjs`);
  writeFileSync(preload, `Object.defineProperty(process, 'version', { value: '${version}' });`);
  const { status, stderr } = node('--require', preload, 'scripts/requireNode.cjs');
  expect(status).toBe(code);
  expect(stderr).toMatch(
    code === 0 ? /^$/ : new RegExp(`^PlexSync is developed with Node 24 .+${version}.+\n$`),
  );
});

describe('counting tests for .ci/run', () => {
  const counts = (report: string, exitCode: number): string => {
    const file = join(folder, 'report.json');
    writeFileSync(file, report);
    return node('scripts/testCounts.cjs', file, String(exitCode)).stdout.trim();
  };
  const report = (failed: number): string =>
    JSON.stringify({ numPassedTests: 7, numFailedTests: failed, numPendingTests: 2, numTodoTests: 1 });

  test('passed, failed, skipped', () => {
    expect(counts(report(3), 1)).toBe('7 3 3');
    expect(counts(report(0), 0)).toBe('7 0 3');
  });

  test('a run that ends badly without a failed test counts as one failure', () => {
    expect(counts(report(0), 1)).toBe('7 1 3');
  });

  test('a report that is no report is an error of its own', () => {
    writeFileSync(join(folder, 'none.json'), '');
    expect(node('scripts/testCounts.cjs', join(folder, 'none.json'), '0').status).not.toBe(0);
  });
});
