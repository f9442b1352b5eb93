import { afterEach, expect, test } from 'vitest';
import { sceneId } from '../../src/core/ids.ts';
import { localVisitor } from '../../src/server/web/dashboard/testing/visitor.ts';
import { plexsync } from '../fakes/commandLine.ts';
import { type FakeOperations, fakeOperations } from '../fakes/fakeOperations.ts';
import { HIDDEN_CHARACTER, HOSTILE_TEXTS, HTML_TEXTS } from '../world/hostileTexts.ts';
import { strangeMarkup } from '../world/strangeMarkup.ts';
import { openWorld, type World } from '../world/world.ts';

let world: World;
afterEach(() => world.close());

/** Each scene has a title, words and a director of those who mean harm; some have no file in Plex. */
async function hostileWorld(): Promise<void> {
  const files = HOSTILE_TEXTS.length;
  world = await openWorld({ files });
  for (const [index, text] of HOSTILE_TEXTS.entries()) {
    const director = HOSTILE_TEXTS[(index + 7) % files] ?? '';
    await world.edit(index + 1, { title: text, details: `${text}\n${director}`, director });
  }
  await world.work();
  // Their files move, in Stash alone: paths are in what people read of it.
  for (const number of [3, 5, 8, 13, 22, 24, 28, 33]) {
    const { library } = world.stash;
    const [file] = library.filesOf(world.scene(number));
    if (file === undefined) throw new Error('a scene has a file');
    const name = `${HTML_TEXTS[number % HTML_TEXTS.length]}\u001b[2J\u202e\n.mp4`.replaceAll('/', '_');
    library.files.update(file, {
      path: `/data/${name}`,
      size: number,
      durationMs: 1,
      fingerprints: { oshash: `f${number}` },
    });
    await world.trigger(number);
  }
  await world.workFor(7 * 24 * 3_600_000);
}

const throughOperations = (): FakeOperations => ({
  ...fakeOperations(),
  ...world.operations,
});

test('no page holds markup of titles, paths and names, nor anything that turns the writing', async () => {
  await hostileWorld();
  const { ask } = localVisitor(throughOperations());
  const [write] = await world.operations.history({ limit: 1 });
  await world.operations.hold({ scenes: [sceneId('1')], reason: HTML_TEXTS.join(' ') });
  const pages = [
    '/',
    '/queue',
    '/history',
    '/gaps',
    '/log',
    '/doctor',
    `/history/undo?write=w${write?.id}`,
    '/dead',
    '/scenes?q=script',
    '/scenes/1',
    '/holds',
  ];
  let seen = '';
  for (const page of pages) {
    const { status, text } = await ask(page);
    expect([page, status]).toEqual([page, 200]);
    expect([page, strangeMarkup(text)]).toEqual([page, null]);
    seen += text;
  }
  // They were there, as text.
  expect(seen).toContain('&lt;script&gt;globalThis.owned');
  expect(seen).toContain('onerror=&quot;globalThis.owned');
  expect(HTML_TEXTS.filter((text) => text.includes('<') && seen.includes(text))).toEqual([]);
});

test('no command prints what a terminal would obey or what hides, and no row of a table becomes two', async () => {
  await hostileWorld();
  const commands = [
    'status',
    'queue',
    'queue --limit 1000',
    'dead',
    'history',
    'history --limit 1000',
    'gaps',
    'holds',
    'doctor',
    'plan 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 33',
    'undo --scene 3 --dry-run',
    'undo --since 30d --dry-run',
  ];
  let seen = '';
  for (const command of commands) {
    for (const width of [null, 80]) {
      const { out, err } = await plexsync(command, {
        daemon: world.operations,
        width,
        now: () => world.clock.now(),
      });
      const lines = (out + err).split('\n');
      expect([command, lines.filter((line) => HIDDEN_CHARACTER.test(line))]).toEqual([command, []]);
      expect([command, lines.filter((line) => /^\s*(?:forged|\{"level")/.test(line))]).toEqual([command, []]);
      seen += out;
    }
  }
  expect(seen).toContain('\\u001b[2J');
  expect(seen).toContain('\\u202e');
});

test('no line of the log holds them, nor does an answer in JSON that a script may print', async () => {
  await hostileWorld();
  const { log } = world;
  expect(log.lines.filter((line) => HIDDEN_CHARACTER.test(line.slice(0, -1)))).toEqual([]);
  for (const line of log.lines) expect(JSON.parse(line)).toMatchObject({ level: expect.any(String) });
  const { out } = await plexsync('dead --json', { daemon: world.operations });
  expect(out.split('\n').filter((line) => /\p{Cc}/u.test(line))).toEqual([]);
});

test('edits take them to Plex whole, and to no other item', async () => {
  await hostileWorld();
  world.plex.log.assertHarmless();
  expect(world.plex.log.requests.filter(({ path }) => /owned|evil|passwd/.test(path))).toEqual([]);
});
