import { describe, expect, test } from 'vitest';
import { readManifest } from './readManifest.ts';

const PLACE = { id: 'sample', pluginDir: '/plugins/sample' };
const read = (yaml: string) => readManifest(yaml, PLACE);

test('a manifest with every key is a plugin', () => {
  const manifest = `
# Comments are fine.
name: Sample
description: What it does
url: https://example.org
version: 1.10
interface: raw
exec: [sh, "{pluginDir}/run.sh"]
errLog: info
tasks:
  - name: First
    description: The first
    execArgs: [task]
    defaultArgs: { mode: all, count: 5, isQuick: true, nothing: ~ }
hooks:
  - name: changes
    execArgs: [hook]
    triggeredBy: [Scene.Update.Post, No.Such.Trigger]
settings:
  second: { displayName: Second, description: Of two, type: NUMBER }
  first:
ui:
  requires: [other]
  javascript: [ui.js]
  css: [ui.css]
  assets: { /img: img }
  csp: { script-src: [a], style-src: [b], connect-src: [c] }
`;
  const nothing = { description: '', execArgs: [], defaultArgs: {} };
  expect(read(manifest)).toEqual({
    ...PLACE,
    name: 'Sample',
    description: 'What it does',
    url: 'https://example.org',
    version: '1.10',
    exec: ['sh', '{pluginDir}/run.sh'],
    errLog: 'info',
    tasks: [
      {
        name: 'First',
        description: 'The first',
        execArgs: ['task'],
        defaultArgs: { mode: 'all', count: '5', isQuick: 'true', nothing: '' },
      },
    ],
    hooks: [
      {
        ...nothing,
        name: 'changes',
        execArgs: ['hook'],
        triggeredBy: ['Scene.Update.Post', 'No.Such.Trigger'],
      },
    ],
    settings: [
      { name: 'first', displayName: '', description: '', type: 'STRING' },
      { name: 'second', displayName: 'Second', description: 'Of two', type: 'NUMBER' },
    ],
    requires: ['other'],
  });
});

// Each was tried on a real Stash.
describe('as in Stash', () => {
  test.each([
    ['name: x\nfoo: 1', 'line 2: field foo not found'],
    ['Name: x', 'line 1: field Name not found'],
    ['hooks:\n  - name: a\n    triggerBy: [x]', 'line 3: field triggerBy not found'],
    ['tasks:\n  - name: a\n    args: {}', 'line 3: field args not found'],
    ['settings:\n  a: { type: STRING, default: 1 }', 'line 2: field default not found'],
    ['ui:\n  csp: { img-src: [a] }', 'line 2: field img-src not found'],
    ['requires: [a]', 'line 1: field requires not found'],
    ['name: [a]', 'line 1: cannot unmarshal !!seq into string'],
    [
      'name: 5\ntasks:\n  - name: t\n    defaultArgs: {a: {b: 1}}',
      'line 4: cannot unmarshal !!map into string',
    ],
    ['exec: sh', 'line 1: cannot unmarshal !!str `sh` into a list'],
    ['exec:\n  - {pluginDir}/run.sh', 'yaml: '],
    ['name: x\nname: y', 'yaml: Map keys must be unique'],
    ['interface: raw2', 'invalid interface type raw2'],
    ['settings:\n  a: { type: TEXT }', 'invalid type a for setting TEXT'],
    ['', 'EOF'],
  ])('%j does not load', (yaml, message) => {
    expect(() => read(yaml)).toThrow(message);
  });

  test.each([
    ['name: a\n---\nnonsense: b', { name: 'a' }],
    ['name: yes\nversion: 0x1F\nexec: [yes, 1, ~]', { name: 'yes', version: '0x1F', exec: ['yes', '1', ''] }],
    ['name:\nexec:\ntasks: ~', { exec: [], tasks: [] }],
    ['name: &x a\nexec: [../x]', { name: 'a', exec: ['../x'] }],
    ['interface: js\nexec: [hook.js]\nhooks:\n  - triggeredBy: [Scene.Update.Post]', { hooks: [] }],
  ])('%j loads', (yaml, plugin) => {
    expect(read(yaml)).toMatchObject(plugin);
  });
});
