import { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { plexsync } from '../../test/fakes/commandLine.ts';
import { fakeOperations } from '../../test/fakes/fakeOperations.ts';
import { setupCommand } from './commands/setup.ts';
import { EXAMPLES } from './examples.ts';
import { addCommands } from './program.ts';
import { Run } from './run.ts';

const commandsBelow = (command: Command, name = ''): readonly string[] =>
  command.commands.flatMap((each) => {
    const own = `${name} ${each.name()}`.trim();
    return [own, ...commandsBelow(each, own)];
  });

test('every command has examples, and no other has', async () => {
  const program = new Command('plexsync');
  const context = {} as ConstructorParameters<typeof Run>[1];
  addCommands(program, new Run(program, context), [setupCommand(() => Promise.resolve())]);
  expect(['', ...commandsBelow(program)].sort()).toEqual(Object.keys(EXAMPLES).sort());
});

const all = Object.entries(EXAMPLES).flatMap(([name, examples]) =>
  examples.map(({ args }) => [args, name] as const),
);

describe('an example', () => {
  test.each(all)('plexsync %s works', async (args, name) => {
    expect(args.startsWith(name)).toBe(true);
    // A set-up makes it.
    const needsFile = args.includes('--config') && name !== 'setup';
    const { code, err } = await plexsync(args, { own: fakeOperations() });
    // The file of the example does not exist here.
    expect({ args, code, err }).toEqual({
      args,
      code: needsFile ? 2 : 0,
      err: needsFile ? expect.any(String) : '',
    });
  });
});

test.each(['', 'sync', 'clear dead'])('“plexsync %s --help” shows them', async (name) => {
  const { out, code } = await plexsync(`${name} --help`);
  expect(code).toBe(0);
  for (const { args, words } of EXAMPLES[name] ?? [])
    expect(out).toContain(`  # ${words}\n  $ plexsync ${args}\n`);
});

describe('help', () => {
  test.each(['', 'sync', 'doctor', 'clear dead', 'queue'])('“%s” fits 80 columns', async (name) => {
    const { out } = await plexsync(`${name} --help`, { width: 80 });
    expect(out.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });

  test('lists commands before the many settings', async () => {
    const { out } = await plexsync('--help');
    expect(out.indexOf('Commands:')).toBeLessThan(out.indexOf('--plex-url'));
    expect(out).toContain('  5  `doctor` found no problem');
  });

  test('that nobody asked for is short: what was typed is to stay in sight', async () => {
    const { err, code } = await plexsync('', { width: 80 });
    expect(code).toBe(2);
    expect(err).toContain('Commands:');
    expect(err).not.toContain('--plex-url');
  });

  test('has bold titles where colours are wanted', async () => {
    expect((await plexsync('sync --help', { hasColours: true })).out).toContain(
      '\u001b[1mExamples:\u001b[22m',
    );
    expect((await plexsync('sync --help')).out).not.toContain('\u001b');
  });
});
