import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { SETTING_KEYS, SETTINGS } from '../../src/core/settings/table.ts';
import { createMetrics } from '../../src/server/web/metrics/metrics.ts';
import { METRIC_NAMES, METRICS, type MetricName } from '../../src/server/web/metrics/table.ts';
import { quietStatus } from '../fakes/fakeOperations.ts';

const read = (path: string): string =>
  readFileSync(fileURLToPath(new URL(`../../deploy/${path}`, import.meta.url)), 'utf8');

interface Panel {
  readonly title: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets: readonly { readonly expr: string; readonly legendFormat: string }[];
}

describe('the Grafana dashboard', () => {
  const dashboard = JSON.parse(read('grafana/plexsync.json')) as { readonly panels: readonly Panel[] };
  const targets = dashboard.panels.flatMap((panel) => panel.targets);
  const isMetric = (name: string): name is MetricName => Object.hasOwn(METRICS, name);

  /** Names of series, with what a histogram adds to its own. */
  const seriesIn = (expression: string): readonly string[] =>
    [...expression.matchAll(/\b(?:plexsync|process|nodejs)_[a-z_]+/g)].map(([name]) => name);

  test('asks for metrics that there are, a histogram by its buckets', async () => {
    const { text } = createMetrics();
    const answered = await text({ status: quietStatus, jobs: [], now: 0 });
    const known = new Set(
      [...answered.matchAll(/^# TYPE (\S+) (\S+)$/gm)].flatMap(([, name = '', kind]) =>
        kind === 'histogram' ? ['_bucket', '_sum', '_count'].map((end) => name + end) : [name],
      ),
    );
    const asked = targets.flatMap(({ expr }) => seriesIn(expr));
    expect(asked.filter((name) => !known.has(name))).toEqual([]);
  });

  test('shows every metric but the version, by which it tells the jobs', () => {
    const asked = new Set(
      targets.flatMap(({ expr }) => seriesIn(expr)).map((name) => name.replace(/_(?:bucket|sum|count)$/, '')),
    );
    expect(METRIC_NAMES.filter((name) => !asked.has(name))).toEqual(['plexsync_info']);
    expect(read('grafana/plexsync.json')).toContain('label_values(plexsync_info, job)');
  });

  test('names labels that the metric has', () => {
    for (const { expr, legendFormat } of targets) {
      const [series = ''] = seriesIn(expr);
      const name = series.replace(/_(?:bucket|sum|count)$/, '');
      const labels = isMetric(name) ? Object.keys(METRICS[name].labels) : [];
      const used = [
        ...[...legendFormat.matchAll(/\{\{(\w+)\}\}/g)].map(([, label]) => label),
        ...[...expr.matchAll(/[{,](\w+)=~?"/g)].map(([, label]) => label),
      ].filter((label) => label !== 'job');
      expect({ expr, unknown: used.filter((label) => !labels.includes(label ?? '')) }).toEqual({
        expr,
        unknown: [],
      });
    }
  });

  test('lays no panel over another, or beyond the 24 columns', () => {
    const cells = dashboard.panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, cell) => `${x + (cell % w)} ${y + Math.floor(cell / w)}`),
    );
    expect(cells.filter((cell, index) => cells.indexOf(cell) !== index)).toEqual([]);
    expect(Math.max(...dashboard.panels.map(({ gridPos: { x, w } }) => x + w))).toBe(24);
  });
});

describe('the systemd unit', () => {
  const hasSystemd = spawnSync('systemd-analyze', ['--version']).status === 0;

  /** With a program that is there, since systemd looks for it. */
  function unit(): string {
    const folder = mkdtempSync(join(tmpdir(), 'plexsync-unit-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const file = join(folder, 'plexsync.service');
    writeFileSync(file, read('systemd/plexsync.service').replace('/usr/bin/node', process.execPath));
    return file;
  }

  test.runIf(hasSystemd)('is one that systemd finds nothing wrong with', () => {
    const { status, stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', unit()], {
      encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  test.runIf(hasSystemd)('gives the service little to do harm with', () => {
    // Of 100; what an ordinary service has is 96.
    const told = execFileSync(
      'systemd-analyze',
      ['security', '--offline=true', '--no-pager', '--threshold=20', unit()],
      { encoding: 'utf8' },
    );
    expect(told).toContain('Overall exposure level');
  });

  test('does not start again for settings that are wrong', () => {
    expect(read('systemd/plexsync.service')).toContain('RestartPreventExitStatus=2\n');
  });
});

describe.each(['compose.yaml', 'compose.all-in-one.yaml'])('%s', (file) => {
  const compose = parse(read(file)) as {
    readonly services: Record<string, Record<string, unknown>>;
    readonly volumes: Record<string, unknown>;
  };

  test('runs PlexSync without rights, on a root that may only be read', () => {
    expect(compose.services['plexsync']).toMatchObject({
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
      user: expect.stringMatching(/^\$\{PLEXSYNC_UID:-1000\}/),
    });
  });

  test('declares every volume that is used', () => {
    const used = Object.values(compose.services)
      .flatMap((service) => (service['volumes'] as readonly string[] | undefined) ?? [])
      .map((volume) => volume.split(':')[0] ?? '')
      .filter((name) => /^[a-z-]+$/.test(name));
    expect(used.filter((name) => !Object.hasOwn(compose.volumes, name))).toEqual([]);
  });
});

test('what deploy/ sets are settings', () => {
  const texts = [
    'plexsync.env.example',
    'compose.yaml',
    'compose.all-in-one.yaml',
    'systemd/plexsync.service',
  ].map(read);
  const names = texts.flatMap((text) =>
    [...text.matchAll(/PLEXSYNC_([A-Z_]+)/g)].map(([, name = '']) => name),
  );
  // Of the image, not of PlexSync.
  const secrets = SETTING_KEYS.filter((key) => SETTINGS[key].kind === 'secret').map((key) => `${key}_file`);
  const known = [...[...SETTING_KEYS, ...secrets].map((key) => key.toUpperCase()), 'UID', 'GID'];
  expect(names.filter((name) => !known.includes(name))).toEqual([]);
});
