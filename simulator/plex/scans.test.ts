import { describe, expect, test } from 'vitest';
import { framesOf } from './testing/listener.ts';
import { type Visitor, visited } from './testing/visitor.ts';

const sections = [
  {
    title: 'Movies',
    items: [
      { title: 'One', files: [{ path: '/data/1/One.mp4', size: 11 }], locks: ['title'] },
      { title: 'Two', files: [{ path: '/data/2/Two.mp4', size: 22 }] },
    ],
  },
] as const;

const scan = ({ clock, simulator }: Visitor): void => {
  simulator.library.scan('1');
  clock.advance(10_000);
};

const titles = async ({ get }: Visitor): Promise<readonly (string | undefined)[]> =>
  ((await get('/library/sections/1/all?type=1')).Metadata ?? []).map((item) => item.title);

describe('a scan', () => {
  test('answers at once and is told by activity, status and section', async () => {
    const visitor = await visited({ sections });
    const { clock, get, send, simulator } = visitor;
    const frames = await framesOf(simulator, async () => {
      const response = await send('GET', '/library/sections/1/refresh');
      expect([response.status, await response.text()]).toEqual([200, '']);
      clock.advance(500);
      expect((await get('/activities')).Activity).toMatchObject([{ type: 'library.update.section' }]);
      expect((await get('/activities')).Activity?.[0]).not.toHaveProperty('Context');
      clock.advance(400);
      expect((await get('/activities')).Activity?.[0]?.Context).toEqual({ librarySectionID: '1' });
      expect((await get('/library/sections')).Directory?.[0]?.refreshing).toBe(true);
      clock.advance(600);
    });
    expect((await get('/activities')).Activity).toBeUndefined();
    expect((await get('/library/sections')).Directory?.[0]).toMatchObject({
      refreshing: false,
      scannedAt: Math.floor(clock.now() / 1000),
    });
    const events = frames.flatMap((frame) => [
      ...(frame.ActivityNotification ?? []).map((one) => [one.event, 'Context' in one.Activity]),
      ...(frame.StatusNotification ?? []).map((one) => [one.notificationName]),
    ]);
    expect(events).toEqual([['started', false], ['updated', true], ['ended', true], ['LIBRARY_UPDATE']]);
  });

  test('shows a new file first bare, titled by its name, and whole only later', async () => {
    const visitor = await visited({ sections });
    const { clock, item, simulator } = visitor;
    const frames = await framesOf(simulator, async () => {
      simulator.library.addFile({ path: '/data/3/New Film (2001).mp4', size: 33, durationMs: 5000 });
      simulator.library.scan('1');
      clock.advance(500);
      const [key = ''] = simulator.library.ratingKeys({ path: '/data/3/New Film (2001).mp4' });
      const bare = await item(key);
      expect(bare.title).toBe('New Film (2001)');
      expect([bare.duration, bare.thumb]).toEqual([undefined, undefined]);
      clock.advance(2000);
      expect(await item(key)).toMatchObject({ duration: 5000, thumb: expect.stringContaining('/thumb/') });
    });
    const states = frames.flatMap((frame) => frame.TimelineEntry ?? []).map((entry) => entry.state);
    // Without an agent it ends at 1.
    expect(states).toEqual([0, 1, 1]);
  });

  test('of a folder leaves others alone', async () => {
    const visitor = await visited({ sections });
    const { clock, send, simulator } = visitor;
    simulator.library.addFile({ path: '/data/3 & more/In.mp4', size: 1 });
    simulator.library.addFile({ path: '/data/4/Out.mp4', size: 1 });
    await send('GET', '/library/sections/1/refresh?path=%2Fdata%2F3+%26+more');
    clock.advance(10_000);
    expect(await titles(visitor)).toEqual(['In', 'One', 'Two']);
  });

  test.each(['/elsewhere', '/data/3/New.mp4', '/dat'])('of %s does nothing, and says 200', async (path) => {
    const visitor = await visited({ sections });
    visitor.simulator.library.addFile({ path: '/data/3/New.mp4', size: 1 });
    const response = await visitor.send(
      'GET',
      `/library/sections/1/refresh?path=${encodeURIComponent(path)}`,
    );
    visitor.clock.advance(10_000);
    expect(response.status).toBe(200);
    expect(await titles(visitor)).toEqual(['One', 'Two']);
  });

  test('asked for while one runs makes one more, however often', async () => {
    const visitor = await visited({ sections });
    const { clock, simulator } = visitor;
    const frames = await framesOf(simulator, () => {
      simulator.library.scan('1');
      clock.advance(700);
      simulator.library.addFile({ path: '/data/3/Late.mp4', size: 1 });
      for (let times = 0; times < 5; times += 1) simulator.library.scan('1');
      clock.advance(10_000);
    });
    expect(frames.filter((frame) => frame.type === 'status')).toHaveLength(2);
    expect(await titles(visitor)).toContain('Late');
  });
});

describe('missing files', () => {
  test('take their item along, with an alert', async () => {
    const visitor = await visited({ sections });
    const { simulator } = visitor;
    simulator.library.removeFile('/data/1/One.mp4');
    const frames = await framesOf(simulator, () => scan(visitor));
    const gone = frames.flatMap((frame) => frame.TimelineEntry ?? []);
    expect(gone).toMatchObject([{ itemID: '1', state: 9, metadataState: 'deleted' }]);
    expect(await titles(visitor)).toEqual(['Two']);
  });

  test('without automatic emptying leave it in the trash until they are back', async () => {
    const visitor = await visited({ sections, switches: { autoEmptyTrash: 'off' } });
    const { library } = visitor.simulator;
    library.removeFile('/data/1/One.mp4');
    scan(visitor);
    expect(library.read('1')?.deletedAt).not.toBeNull();
    library.addFile({ path: '/data/1/One.mp4', size: 11 });
    scan(visitor);
    expect(library.read('1')).toMatchObject({ deletedAt: null, locks: ['title'] });
    expect(library.ratingKeys({ sectionKey: '1' })).toHaveLength(2);
  });

  test('in the trash go for good when it is emptied', async () => {
    const visitor = await visited({ sections, switches: { autoEmptyTrash: 'off' } });
    visitor.simulator.library.removeFile('/data/1/One.mp4');
    scan(visitor);
    await visitor.send('PUT', '/library/sections/1/emptyTrash');
    expect(await titles(visitor)).toEqual(['Two']);
    expect(() => visitor.simulator.log.assertNoEmptyTrash()).toThrow('empties the trash');
  });

  test('that come back after the item went get a new key, and nothing that was edited', async () => {
    const visitor = await visited({ sections });
    const { library } = visitor.simulator;
    library.editAsPerson('1', { fields: { studio: 'S' } });
    library.removeFile('/data/1/One.mp4');
    scan(visitor);
    library.addFile({ path: '/data/1/One.mp4', size: 11 });
    scan(visitor);
    const [key = ''] = library.ratingKeys({ path: '/data/1/One.mp4' });
    expect(Number(key)).toBeGreaterThan(3);
    expect(library.read(key)).toMatchObject({ title: 'One', locks: [], fields: { title: 'One' } });
  });

  test('of one version leave the others', async () => {
    const files = [
      { path: '/data/a.mp4', size: 1 },
      { path: '/data/b.mp4', size: 2 },
    ];
    const visitor = await visited({ sections: [{ title: 'Movies', items: [{ title: 'Both', files }] }] });
    visitor.simulator.library.removeFile('/data/a.mp4');
    scan(visitor);
    expect(visitor.simulator.library.read('1')?.files).toEqual(['/data/b.mp4']);
  });
});

test('a folder mounted again takes its items out of the trash', async () => {
  const visitor = await visited({ sections, switches: { unmountedRoot: 'trashed' } });
  const { library } = visitor.simulator;
  library.unmount('/data/1');
  scan(visitor);
  expect(['1', '3'].map((key) => library.read(key)?.deletedAt === null)).toEqual([false, true]);
  library.mount('/data/1');
  scan(visitor);
  expect(library.read('1')?.deletedAt).toBeNull();
});

describe('an agent', () => {
  const withAgent = [{ ...sections[0], agent: 'tv.plex.agents.movie' }];

  test('gives a new file its title, guid and tags after the scan, ending at state 5', async () => {
    const visitor = await visited({ sections: withAgent });
    const { clock, item, simulator } = visitor;
    simulator.library.agentKnows('/data/3/x.mp4', {
      fields: { title: 'Known', year: '1999' },
      tags: { genre: ['G'] },
    });
    simulator.library.addFile({ path: '/data/3/x.mp4', size: 1 });
    const frames = await framesOf(simulator, async () => {
      simulator.library.scan('1');
      clock.advance(1500);
      const [key = ''] = simulator.library.ratingKeys({ path: '/data/3/x.mp4' });
      expect(await item(key)).toMatchObject({ title: 'x', guid: `local://${key}` });
      clock.advance(10_000);
      expect(await item(key)).toMatchObject({ title: 'Known', year: 1999, Genre: [{ tag: 'G' }] });
      expect((await item(key)).guid).toMatch(/^plex:\/\/movie\//);
    });
    expect(frames.flatMap((frame) => frame.TimelineEntry ?? []).at(-1)?.state).toBe(5);
  });

  test('overwrites what is not locked, some time after it was asked', async () => {
    const visitor = await visited({ sections: withAgent });
    const { clock, item, send, simulator } = visitor;
    simulator.library.agentKnows('/data/1/One.mp4', { fields: { title: 'Agent', summary: 'Agent' } });
    await send('PUT', '/library/metadata/1/refresh');
    expect((await item('1')).summary).toBeUndefined();
    clock.advance(300);
    expect(await item('1')).toMatchObject({ title: 'One', summary: 'Agent' });
  });

  test('is asked for every item by a forced scan', async () => {
    const visitor = await visited({ sections: withAgent });
    visitor.simulator.library.agentKnows('/data/2/Two.mp4', { fields: { title: 'Agent' } });
    await visitor.send('GET', '/library/sections/1/refresh?force=1');
    visitor.clock.advance(10_000);
    expect(await titles(visitor)).toEqual(['Agent', 'One']);
  });
});

describe('merging', () => {
  test('makes versions of one item; splitting makes new items of them', async () => {
    const visitor = await visited({ sections });
    const { send, simulator } = visitor;
    await send('PUT', '/library/metadata/1/merge?ids=3');
    expect(simulator.library.read('1')?.files).toEqual(['/data/1/One.mp4', '/data/2/Two.mp4']);
    expect((await send('GET', '/library/metadata/3')).status).toBe(404);
    await send('PUT', '/library/metadata/1/split');
    const [key = ''] = simulator.library.ratingKeys({ path: '/data/2/Two.mp4' });
    expect(Number(key)).toBeGreaterThan(3);
    expect(simulator.library.read('1')?.files).toEqual(['/data/1/One.mp4']);
  });
});

test('a library made again has another key and uuid, and items under new keys', async () => {
  const { simulator } = await visited({ sections });
  const [before] = simulator.library.sections();
  const after = simulator.library.recreateSection('1');
  expect([after.title, after.key === before?.key, after.uuid === before?.uuid]).toEqual([
    'Movies',
    false,
    false,
  ]);
  expect(simulator.library.read('1')).toBeNull();
  expect(simulator.library.ratingKeys({ path: '/data/1/One.mp4' })).toHaveLength(1);
});
