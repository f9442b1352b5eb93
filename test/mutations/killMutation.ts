import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as v from 'valibot';
import { ENDED_EARLY } from '../campaign/runPart.ts';
import type { Mutation } from './mutation.ts';

const ROOT = path.join(import.meta.dirname, '../..');
const COPIED = [
  'src',
  'test',
  'simulator',
  'scripts',
  'bench',
  'package.json',
  'tsconfig.json',
  'vitest.config.ts',
];
/** Longer than any of the files takes. A mutation that hangs a test has not turned it red by an assertion. */
const LONGEST_MS = 120_000;
/** A part of the campaign may wait a minute for what does not come. */
const LONGEST_CAMPAIGN_MS = 400_000;
/** That of .ci/run, with which the campaign is green where nothing was broken. */
const CAMPAIGN_SEED = 9;

export interface Outcome {
  readonly kind: 'killed' | 'survived' | 'no-patch' | 'no-test';
  readonly words: string;
  readonly ms: number;
}

/** Runs the tests of a mutation on a copy of the tree in which it was made. */
export async function killMutation(mutation: Mutation): Promise<Outcome> {
  const startedAt = performance.now();
  const folder = mkdtempSync(path.join(tmpdir(), 'plexsync-mutation-'));
  try {
    for (const name of COPIED) cpSync(path.join(ROOT, name), path.join(folder, name), { recursive: true });
    symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'));
    const judged = await judge(mutation, folder);
    return { ...judged, ms: performance.now() - startedAt };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function judge(mutation: Mutation, folder: string): Promise<Omit<Outcome, 'ms'>> {
  // A line of context around it is enough to know the place by: code around it may change.
  const applied = await run('git', ['apply', '-C1', mutation.file], folder);
  if (applied.code !== 0) return { kind: 'no-patch', words: firstLine(applied.stderr) };
  const { tests, parts } = mutation;
  const tested = tests.length === 0 ? null : await testsTurnRed(tests, folder);
  if (parts.length === 0 || (tested !== null && tested.kind !== 'killed')) return tested ?? NOTHING_NAMED;
  return campaignBreaks(parts, folder);
}

const NOTHING_NAMED = {
  kind: 'no-test',
  words: 'neither a test nor a part of the campaign is named',
} as const;

async function testsTurnRed(tests: readonly string[], folder: string): Promise<Omit<Outcome, 'ms'>> {
  const report = path.join(folder, 'report.json');
  const vitest = path.join(ROOT, 'node_modules/vitest/vitest.mjs');
  const options = ['--reporter=json', `--outputFile.json=${report}`, '--bail=1', '--no-file-parallelism'];
  const ran = await run(process.execPath, [vitest, 'run', ...tests, ...options], folder);
  const results = readReport(report);
  if (results === null) return { kind: 'no-test', words: firstLine(ran.stderr) };
  const failed = results.flatMap((file) => file.assertionResults.filter(({ status }) => status === 'failed'));
  const red = failed.find(({ failureMessages }) => failureMessages.some(isOfAssertion));
  if (red !== undefined) return { kind: 'killed', words: red.fullName.trim() };
  const [first] = failed;
  if (first !== undefined) return { kind: 'no-test', words: firstLine(first.failureMessages.join('\n')) };
  const unloaded = results.find((file) => file.status === 'failed');
  if (unloaded !== undefined) return { kind: 'no-test', words: firstLine(unloaded.message) };
  const count = results.flatMap((file) => file.assertionResults).length;
  return count === 0
    ? { kind: 'no-test', words: `no test in ${tests.join(' ')}` }
    : { kind: 'survived', words: `${count} tests pass` };
}

async function campaignBreaks(parts: readonly string[], folder: string): Promise<Omit<Outcome, 'ms'>> {
  const report = path.join(folder, 'campaign.json');
  const campaign = path.join(folder, 'test/campaign/main.ts');
  const options = ['--length', 'short', '--seed', String(CAMPAIGN_SEED), '--json', report];
  const ran = await run(
    process.execPath,
    [campaign, '--part', ...parts, ...options],
    folder,
    LONGEST_CAMPAIGN_MS,
  );
  if (!existsSync(report)) return { kind: 'no-test', words: firstLine(ran.stderr) };
  const { parts: reported } = v.parse(CampaignReport, JSON.parse(readFileSync(report, 'utf8')));
  const [broken] = reported.flatMap(({ broken }) => broken);
  if (broken === undefined)
    return { kind: 'survived', words: `the campaign's ${parts.join(', ')} finds nothing` };
  const isFinding = !broken.startsWith(ENDED_EARLY);
  return { kind: isFinding ? 'killed' : 'no-test', words: firstLine(broken) };
}

const CampaignReport = v.object({ parts: v.array(v.object({ broken: v.array(v.string()) })) });

/** An error of a type, of syntax or of time would turn any test red. */
const isOfAssertion = (message: string): boolean =>
  /AssertionError|Property failed after|Snapshot `.*` mismatched/.test(message);

const Report = v.object({
  testResults: v.array(
    v.object({
      status: v.string(),
      message: v.string(),
      assertionResults: v.array(
        v.object({
          fullName: v.string(),
          status: v.string(),
          failureMessages: v.nullish(v.array(v.string()), []),
        }),
      ),
    }),
  ),
});

function readReport(file: string): v.InferOutput<typeof Report>['testResults'] | null {
  try {
    return v.parse(Report, JSON.parse(readFileSync(file, 'utf8'))).testResults;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

const firstLine = (text: string): string => text.trim().split('\n')[0] ?? '';

interface Ended {
  readonly code: number;
  readonly stderr: string;
}

const run = (
  file: string,
  args: readonly string[],
  cwd: string,
  timeout: number = LONGEST_MS,
): Promise<Ended> =>
  new Promise((resolve) => {
    const env = { ...process.env, NO_COLOR: '1', GIT_CEILING_DIRECTORIES: path.dirname(cwd) };
    execFile(file, args, { cwd, env, timeout, maxBuffer: 64 * 1024 * 1024 }, (error, _, stderr) =>
      resolve({ code: error === null ? 0 : 1, stderr }),
    );
  });
