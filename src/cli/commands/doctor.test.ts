import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { plexsync, TOKEN } from '../../../test/fakes/commandLine.ts';
import { fakeOperations } from '../../../test/fakes/fakeOperations.ts';
import type { Finding } from '../../core/doctor/finding.ts';
import { fail } from '../../core/result.ts';
import type { CliContext } from '../context.ts';

const fine: Finding = { name: 'Stash', state: 'ok', found: 'answers, v0.30.1', advice: null };
const warning: Finding = {
  name: 'File index',
  state: 'warning',
  found: 'No library was read yet.',
  advice: 'Sync.',
};
const problem: Finding = { name: 'Plex', state: 'problem', found: 'Plex refused.', advice: 'Start it.' };

const findingThese = (findings: readonly Finding[], world: Partial<CliContext> & { args?: string } = {}) => {
  const { args = 'doctor', ...context } = world;
  const daemon = fakeOperations({ doctor: () => Promise.resolve(findings) });
  return plexsync(args, { daemon, ...context });
};

test('a sign for each, what was found and what to do', async () => {
  expect((await findingThese([fine, warning, problem])).out).toBe(
    [
      '✓ Stash       answers, v0.30.1',
      '! File index  No library was read yet.',
      '              What to do: Sync.',
      '✗ Plex        Plex refused.',
      '              What to do: Start it.',
      '',
      '1 problem, 1 warning, 1 fine\n',
    ].join('\n'),
  );
  expect((await findingThese([fine])).out).toBe('✓ Stash  answers, v0.30.1\n\nAll is well.\n');
});

test('for scripts: 0 when all is well, 5 for warnings alone, 4 for a problem', async () => {
  const codes = [[fine], [fine, warning], [warning, problem, fine]].map((each) => findingThese(each));
  expect((await Promise.all(codes)).map(({ code }) => code)).toEqual([0, 5, 4]);
  const { out, code } = await findingThese([fine, warning], { args: 'doctor --json' });
  expect({ code, json: JSON.parse(out) }).toEqual({
    code: 5,
    json: { state: 'warning', findings: [fine, warning] },
  });
});

test('what does not fit the terminal goes on below, in its column', async () => {
  const long = { ...problem, advice: 'Start the server, and look whether the address is right.' };
  const { out } = await findingThese([fine, long], { width: 40 });
  expect(out.split('\n').slice(0, 5)).toEqual([
    '✓ Stash  answers, v0.30.1',
    '✗ Plex   Plex refused.',
    '         What to do: Start the server,',
    '         and look whether the address is',
    '         right.',
  ]);
});

test('signs have colours where they are wanted', async () => {
  const { out } = await findingThese([fine, warning, problem], { hasColours: true });
  const signs = [...out.matchAll(/\u001b\[(\d+)m(.)\u001b\[39m/gu)].map(([, colour, sign]) => [sign, colour]);
  expect(signs).toEqual([
    ['✓', '32'],
    ['!', '33'],
    ['✗', '31'],
  ]);
});

test.each([
  [0o644, true],
  [0o600, false],
])('a settings file of mode %o that holds a token: warned of is %s', async (mode, isWarned) => {
  const folder = mkdtempSync(join(tmpdir(), 'plexsync-settings-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'plexsync.config.json');
  writeFileSync(file, JSON.stringify({ plex_token: TOKEN }), { mode });
  const { out, code } = await findingThese([fine], { cwd: folder });
  expect(out.includes(`! Settings file  ${file} holds a secret`)).toBe(isWarned);
  expect(code).toBe(isWarned ? 5 : 0);
  expect(out).not.toContain(TOKEN);
});

describe('what keeps other commands from working is an answer', () => {
  test('settings that are missing are told among the rest', async () => {
    const { request, code, events } = await plexsync('doctor', { environment: {} });
    expect(request?.problems).toEqual([
      expect.stringMatching(/^plex_url/),
      expect.stringMatching(/^plex_token/),
      expect.stringMatching(/^stash_url/),
    ]);
    expect({ code, events: events.slice(1) }).toEqual({ code: 0, events: ['open', 'close'] });
  });

  test.each<[string, Partial<CliContext>]>([
    [
      'a data folder that cannot be opened',
      { openOperations: () => Promise.resolve(fail({ isHeld: false, message: 'The database is damaged.' })) },
    ],
    [
      'a daemon of another version',
      { connectDaemon: () => Promise.resolve(fail('The database is damaged.')) },
    ],
  ])('%s', async (_, world) => {
    expect(await plexsync('doctor', world)).toMatchObject({
      code: 4,
      out: expect.stringContaining('✗ Start  The database is damaged.'),
    });
  });

  test('without a secret in it', async () => {
    const openOperations = () => Promise.resolve(fail({ isHeld: false, message: `no ${TOKEN}` }));
    expect((await plexsync('doctor', { openOperations })).out).not.toContain(TOKEN);
  });
});
