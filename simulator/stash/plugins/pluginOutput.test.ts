import { expect, test } from 'vitest';
import { readPluginOutput } from './pluginOutput.ts';

const ended = (stdout: string, exitCode: number | null = 0, endedBy: NodeJS.Signals | null = null) =>
  readPluginOutput({ stdout, exitCode, endedBy, wasKilled: false });

// Each was tried on a real Stash.
test.each([
  ['{"output":{"a":[1]}}', { error: null, output: { a: [1] } }],
  ['{"error":null,"output":1}', { error: null, output: 1 }],
  ['{"output":1,"error":"bad"}', { error: 'bad', output: 1 }],
  ['{"error":""}', { error: '', output: null }],
  ['{"Error":"bad"}', { error: 'bad', output: null }],
  ['{"error":5}', { error: '' }],
  ['{}', { error: null, output: null }],
  ['null', { error: null, output: null }],
  ['[1]', { error: null, output: '[1]' }],
  ['plain\n', { error: null, output: 'plain\n' }],
  ['', { error: null, output: '' }],
  ['{"output":1}\n{"output":2}', { error: null, output: '{"output":1}\n{"output":2}' }],
])('%j on stdout', (stdout, expected) => {
  expect(ended(stdout)).toMatchObject(expected);
});

test('an exit code or a signal is an error, unless the plugin gave its own', () => {
  expect(ended('{"output":1}', 3).error).toBe('exit status 3');
  expect(ended('{"error":"bad"}', 3).error).toBe('bad');
  expect(ended('', null, 'SIGKILL').error).toBe('signal: killed');
  expect(ended('', null, 'SIGPIPE').error).toBe('signal: broken pipe');
});
