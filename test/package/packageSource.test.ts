import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Candidate, parseIndex, withPackage } from '../../scripts/packageSource.ts';
import { yamlOf } from '../../scripts/packPlugin.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const candidate = (change: Partial<Candidate> = {}): Candidate => ({
  id: 'plexsync',
  name: 'PlexSync',
  version: '1.0.0-abc1234',
  path: 'plexsync.zip',
  sha256: 'a'.repeat(64),
  metadata: { description: 'What it does.' },
  committedAtMs: Date.UTC(2026, 0, 2, 3, 4, 5),
  ...change,
});

describe('the index of a package source', () => {
  const first = withPackage([], candidate());

  test('dates the first release by its commit, in UTC', () => {
    expect(first).toEqual([
      {
        id: 'plexsync',
        name: 'PlexSync',
        version: '1.0.0-abc1234',
        date: '2026-01-02 03:04:05',
        path: 'plexsync.zip',
        sha256: 'a'.repeat(64),
        metadata: { description: 'What it does.' },
      },
    ]);
  });

  test('leaves the entry of the same bytes alone, whatever the commit', () => {
    const again = candidate({ version: '1.0.0-def5678', committedAtMs: Date.UTC(2027, 0, 1) });
    expect(withPackage(first, again)).toEqual(first);
  });

  test.each([
    ['later', Date.UTC(2026, 0, 2, 3, 4, 6), '2026-01-02 03:04:06'],
    ['at the same time', Date.UTC(2026, 0, 2, 3, 4, 5), '2026-01-02 03:04:06'],
    ['earlier', Date.UTC(2025, 0, 1), '2026-01-02 03:04:06'],
  ])('other bytes that were committed %s get a later date', (_, committedAtMs, date) => {
    const other = candidate({ version: '1.0.0-def5678', sha256: 'b'.repeat(64), committedAtMs });
    expect(withPackage(first, other)).toMatchObject([{ version: '1.0.0-def5678', date }]);
  });

  test('keeps the packages of others', () => {
    const both = withPackage(withPackage([], candidate({ id: 'other' })), candidate());
    expect(both.map(({ id }) => id)).toEqual(['other', 'plexsync']);
  });

  test('is read back as it was written, also where a text looks like something else', () => {
    const odd = withPackage([], candidate({ name: 'yes', version: '1.0', sha256: '1'.repeat(64) }));
    expect(parseIndex(yamlOf(odd))).toEqual(odd);
    // YAML 1.1, which Stash reads, would take these for a yes, numbers and a time.
    expect(yamlOf(odd)).toMatch(/name: "yes"\n +version: "1\.0"\n +date: "2026-.+"\n/);
  });
});

describe.skipIf(!existsSync(join(ROOT, '.git')))('npm run release:plugin (needs a git checkout)', () => {
  let out: string;
  beforeEach(() => {
    out = mkdtempSync(join(tmpdir(), 'plexsync-source-'));
  });
  afterEach(() => rmSync(out, { recursive: true, force: true }));

  const release = (): { status: number | null; stderr: string } =>
    spawnSync(process.execPath, ['scripts/releasePlugin.ts', '--out', out], { cwd: ROOT, encoding: 'utf8' });
  const indexText = (): string => readFileSync(join(out, 'index.yml'), 'utf8');

  test('makes an index that names the zip beside it, and nothing changes when it is run again', () => {
    expect(release()).toMatchObject({ status: 0, stderr: '' });
    expect(readdirSync(out).sort()).toEqual(['index.yml', 'plexsync.zip']);
    const text = indexText();
    const zip = readFileSync(join(out, 'plexsync.zip'));
    expect(parseIndex(text)).toMatchObject([
      {
        id: 'plexsync',
        version: expect.stringMatching(/^\d+\.\d+\.\d+-[\da-f]{7,}(-dirty)?$/),
        path: 'plexsync.zip',
        sha256: createHash('sha256').update(zip).digest('hex'),
      },
    ]);
    expect(release().status).toBe(0);
    expect(indexText()).toBe(text);
  });

  test('an older release that is ahead of its time is followed by a later one', () => {
    const before = withPackage([], candidate({ committedAtMs: Date.UTC(2090, 0, 1) }));
    writeFileSync(join(out, 'index.yml'), yamlOf(before));
    expect(release().status).toBe(0);
    expect(parseIndex(indexText())).toMatchObject([{ date: '2090-01-01 00:00:01' }]);
  });

  test('an index that is none of ours is left alone', () => {
    writeFileSync(join(out, 'index.yml'), 'packages: none\n');
    const { status, stderr } = release();
    expect(status).toBe(1);
    expect(stderr).toContain('is no package index of ours');
    expect(readdirSync(out)).toEqual(['index.yml']);
    expect(indexText()).toBe('packages: none\n');
  });
});
