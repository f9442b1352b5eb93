import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { displayWidth } from '../../src/cli/output/displayWidth.ts';

/** `script` of util-linux gives a command a terminal of its own. */
const hasTerminal =
  spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout?.includes('util-linux') === true;

/** What a terminal of 80 columns is sent by a command that finds nothing set up. */
function inTerminal(args: string, environment: Readonly<Record<string, string>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'plexsync-terminal-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const main = join(import.meta.dirname, '../../src/cli/main.ts');
  const command = `stty cols 80 rows 50; '${process.execPath}' '${main}' ${args}`;
  const { stdout } = spawnSync('script', ['-qec', command, '/dev/null'], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], TERM: 'xterm', PLEXSYNC_DATA_DIR: folder, ...environment },
  });
  return stdout.replaceAll('\r\n', '\n');
}

const tooWide = (text: string): readonly string[] =>
  stripVTControlCharacters(text)
    .split('\n')
    .filter((line) => displayWidth(line) > 80);

describe.skipIf(!hasTerminal)('in a terminal of 80 columns', () => {
  test('the doctor has colours, and every line fits', () => {
    const shown = inTerminal('doctor');
    expect(shown).toContain('\u001b[31m✗\u001b[39m Settings ');
    expect(shown).toContain('\u001b[32m✓\u001b[39m Database ');
    expect(tooWide(shown)).toEqual([]);
  });

  test('NO_COLOR takes them away', () => {
    const shown = inTerminal('doctor', { NO_COLOR: '1' });
    expect(shown).toContain('✗ Settings ');
    expect(shown).not.toContain('\u001b[');
  });

  test.each(['--help', 'sync --help', 'explain', 'sync nonsense', 'queue'])('%s fits', (args) => {
    const shown = inTerminal(args);
    expect(shown.length).toBeGreaterThan(50);
    expect(tooWide(shown)).toEqual([]);
  });
});
