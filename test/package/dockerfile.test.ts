import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const ROOT = path.join(import.meta.dirname, '../..');
const DOCKERFILE = path.join(ROOT, 'Dockerfile');
const PYTHON = process.env['PLEXSYNC_PYTHON'] ?? path.join(ROOT, '.venv/bin/python');
const HADOLINT = path.join(path.dirname(PYTHON), 'hadolint');
const NO_HADOLINT =
  `no hadolint: ${HADOLINT} is missing. Make it with ` +
  'python3 -m venv .venv && .venv/bin/pip install -r test/package/requirements.txt';

test('hadolint finds nothing in the Dockerfile', ({ skip }) => {
  if (!existsSync(HADOLINT)) console.warn(NO_HADOLINT);
  skip(!existsSync(HADOLINT), NO_HADOLINT);
  expect(execFileSync(HADOLINT, ['--no-color', DOCKERFILE], { encoding: 'utf8' })).toBe('');
});

test('the image is built in two steps, runs as nobody special, and looks after its health', () => {
  const lines = readFileSync(DOCKERFILE, 'utf8').split('\n');
  expect(lines.filter((line) => line.startsWith('FROM '))).toEqual([
    'FROM node:24-alpine AS build',
    'FROM node:24-alpine',
  ]);
  expect(lines.findLast((line) => line.startsWith('USER '))).toBe('USER 1000');
  expect(lines.filter((line) => line.startsWith('HEALTHCHECK '))).toHaveLength(1);
});
