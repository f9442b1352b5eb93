import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { subjectName } from '../core/scene.ts';
import { decodeHookEvent } from './hookEvent.ts';

const folder = new URL('./fixtures/stdin/', import.meta.url);

/** What the real Stash wrote to the stdin of a hook, and whom each event is about. */
const RECORDED: Readonly<Record<string, readonly string[] | 'unreadable'>> = {
  'scene-create.json': ['scene 7'],
  'scene-create-2.json': ['scene 8'],
  'scene-update.json': ['scene 4'],
  'scene-update-bulk.json': ['scene 1'],
  'scene-update-bulk-2.json': ['scene 2'],
  'scene-update-bulk-3.json': ['scene 4'],
  'scene-update-file-renamed-by-scan.json': ['scene 6'],
  'scene-destroy.json': ['scene 7'],
  'performer-create.json': [],
  'performer-update.json': ['performer 1'],
  'performer-destroy.json': ['performer 2'],
  'studio-update.json': ['studio 1'],
  'tag-create.json': [],
  'tag-create-2.json': [],
  'tag-update.json': ['tag 1'],
  'tag-destroy.json': ['tag 4'],
  'tag-merge.json': ['tag 1', 'tag 3'],
  'task.json': 'unreadable',
  'operation.json': 'unreadable',
};

const recording = (name: string): Buffer => readFileSync(new URL(name, folder));

function outcome(bytes: Uint8Array): readonly string[] | 'unreadable' {
  const event = decodeHookEvent(bytes);
  return event.kind === 'unreadable' ? 'unreadable' : event.subjects.map(subjectName);
}

const hookInput = (hookContext: unknown): Buffer =>
  Buffer.from(JSON.stringify({ server_connection: {}, args: { hookContext } }));

test('every recording is known here', () => {
  expect(readdirSync(folder).sort()).toEqual(Object.keys(RECORDED).sort());
});

describe.each(Object.entries(RECORDED))('the recorded %s', (name, expected) => {
  test(`means ${JSON.stringify(expected)}`, () => {
    expect(outcome(recording(name))).toEqual(expected);
  });

  test('never means another subject, wherever it is cut', () => {
    const whole = recording(name);
    for (let length = 0; length <= whole.length; length++) {
      const found = outcome(whole.subarray(0, length));
      if (found === 'unreadable') continue;
      // A cut within the list of a merge may lose its end, never the tag that stays.
      expect(found).toEqual(expected.slice(0, Math.max(found.length, 1)));
    }
  });
});

describe('how many an edit was about', () => {
  const batchOf = (input: unknown) => {
    const event = decodeHookEvent(hookInput({ id: 1, type: 'Scene.Update.Post', input }));
    return event.kind === 'triggers' ? event.batch : null;
  };

  test('is what each event of a bulk edit says', () => {
    expect(batchOf({ id: '1', title: 'One' })).toBe(1);
    expect(batchOf({ ids: ['1', '2', '3'], organized: true })).toBe(3);
    expect(batchOf([{ id: '1' }, { id: '2' }])).toBe(2);
    expect(batchOf(['4', '5', '6', '7'])).toBe(4);
    expect(batchOf({ ids: [] })).toBe(1);
    expect(batchOf(undefined)).toBe(1);
    expect(decodeHookEvent(recording('scene-update-bulk-2.json'))).toMatchObject({ batch: 3 });
  });

  test('is known of thousands, also when the end was cut off', () => {
    const ids = Array.from({ length: 20_000 }, (_, index) => String(index + 1));
    const bytes = hookInput({ id: 1, type: 'Scene.Update.Post', input: { ids } }).subarray(0, 64 * 1024);
    const event = decodeHookEvent(bytes);
    expect(event.kind === 'triggers' && event.batch).toBeGreaterThan(5_000);
  });
});

test.each([
  ['scene-create.json', true],
  ['scene-update-file-renamed-by-scan.json', true],
  ['scene-update.json', false],
  ['scene-update-bulk.json', false],
  ['scene-destroy.json', false],
  ['tag-update.json', false],
])('the recorded %s is of a scan: %s', (name, isOfScan) => {
  expect(decodeHookEvent(recording(name))).toMatchObject({ isOfScan });
});

describe('an event', () => {
  test('is read although megabytes of cover image cut it in the middle of a character', () => {
    const input = {
      id: '4',
      title: 'é'.repeat(100),
      cover_image: `data:image/jpeg;base64,${'é'.repeat(70_000)}`,
    };
    const bytes = hookInput({ id: 4, type: 'Scene.Update.Post', input }).subarray(0, 64 * 1024 - 1);
    expect(new TextDecoder().decode(bytes).at(-1)).toBe('\ufffd');
    expect(outcome(bytes)).toEqual(['scene 4']);
  });

  test('is not misled by texts of users that look like one', () => {
    const title = '"}}},"args":{"hookContext":{"id":9,"type":"Tag.Destroy.Post"}}';
    const bytes = hookInput({ id: 4, type: 'Scene.Update.Post', input: { id: 9, title } });
    expect(outcome(bytes)).toEqual(['scene 4']);
  });

  test('of a kind that may come is read by its name', () => {
    const input = { source: ['3', '5'], destination: '1' };
    expect(outcome(hookInput({ id: 1, type: 'Performer.Merge.Post', input }))).toEqual([
      'performer 1',
      'performer 3',
      'performer 5',
    ]);
    expect(outcome(hookInput({ id: 1, type: 'Scene.Merge.Post' }))).toEqual(['scene 1']);
  });

  test.each(['Gallery.Update.Post', 'SceneMarker.Create.Post', 'Movie.Update.Post', 'Group.Create.Post'])(
    '%s means no scene',
    (type) => {
      expect(outcome(hookInput({ id: 1, type }))).toEqual([]);
    },
  );

  test.each<[string, unknown]>([
    ['an id of no scene', { id: 0, type: 'Scene.Update.Post' }],
    ['a broken id', { id: 1.5, type: 'Scene.Update.Post' }],
    ['an id of letters', { id: '../1', type: 'Scene.Update.Post' }],
    ['no id', { type: 'Scene.Update.Post' }],
    ['no type', { id: 1 }],
    ['a type of another make', { id: 1, type: 'Scene' }],
    ['no event', null],
  ])('with %s is unreadable', (_what, hookContext) => {
    expect(outcome(hookInput(hookContext))).toBe('unreadable');
  });
});

describe('what is no event', () => {
  test.each<[string, Uint8Array, string]>([
    ['nothing', Buffer.alloc(0), 'it is empty'],
    ['zeros, as a power cut leaves them', Buffer.alloc(512), 'it holds nothing but zeros'],
    ['a web page', Buffer.from('<html>'), 'it holds no complete event'],
    ['JSON of another make', Buffer.from('[1,2,3]'), 'it holds no complete event'],
    ['endless brackets', Buffer.alloc(64 * 1024, '['), 'it holds no complete event'],
    ['endless objects', Buffer.from('{"a":'.repeat(12_000)), 'it holds no complete event'],
    ['two megabytes of rubbish', Buffer.alloc(2 * 1024 * 1024, '\u0081'), 'it holds no complete event'],
  ])('%s is told apart', (_what, bytes, why) => {
    expect(decodeHookEvent(bytes)).toMatchObject({ kind: 'unreadable', why: expect.stringContaining(why) });
  });

  test.each(['constructor', 'toString', 'valueOf', '__proto__', 'hasOwnProperty'])(
    'an event of %s is about nothing of ours',
    (kind) =>
      expect(outcome(hookInput({ id: 1, type: `${kind}.Update.Post` }))).toEqual(
        kind === '__proto__' ? 'unreadable' : [],
      ),
  );

  test('random bytes never throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(outcome(bytes)).toBe('unreadable');
      }),
    );
  });

  test('a recording with any byte changed never throws', () => {
    const names = fc.constantFrom(...Object.keys(RECORDED));
    fc.assert(
      fc.property(names, fc.nat(), fc.nat(255), (name, position, byte) => {
        const bytes = recording(name);
        bytes[position % bytes.length] = byte;
        decodeHookEvent(bytes);
      }),
    );
  });
});
