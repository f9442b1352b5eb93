import { describe, expect, test } from 'vitest';
import { fakeOperations, quietStatus } from '../../../../../test/fakes/fakeOperations.ts';
import { activityAfter, NO_ACTIVITY } from '../../../../core/activity/activity.ts';
import { sceneId, sectionKey, sectionUuid } from '../../../../core/ids.ts';
import { NO_TALLY } from '../../../../core/planning/tally.ts';
import { NO_COUNTS } from '../../../../core/reconcile/progress.ts';
import { fail, succeed } from '../../../../core/result.ts';
import type { Operations, Status } from '../../../../engine/operations.ts';
import { localVisitor, ON_THIS_MACHINE, visitor } from '../testing/visitor.ts';

const NOW = 1_000_000;
const showing = (status: Partial<Status>, answers: Partial<Operations> = {}) =>
  localVisitor(fakeOperations({ status: () => Promise.resolve({ ...quietStatus, ...status }), ...answers }));

test('the figures lead to what they count', async () => {
  const { text } = await showing({
    inStep: 12_345,
    queue: {
      ...quietStatus.queue,
      pending: 3,
      running: 2,
      waiting: 4,
      dead: 6,
      oldestPendingAt: NOW - 60_000,
    },
  }).ask('/');
  expect(text).toMatch(/href="\/scenes">.*?In sync.*?12,345/s);
  expect(text).toMatch(/href="\/queue">.*?Pending.*?>5</s);
  expect(text).toMatch(/href="\/queue\?state=waiting">.*?>4</s);
  expect(text).toMatch(/href="\/dead">.*?Dead letters.*?figure bad">6</s);
  expect(text).toContain('1 minute ago');
});

test('servers, libraries, path maps and warnings stand there as text', async () => {
  const { text } = await showing({
    breakers: {
      plex: {
        state: 'open',
        openedAt: NOW - 120_000,
        probeAt: NOW + 30_000,
        opened: 1,
        reason: 'No <answer>',
      },
      stash: { state: 'closed', failuresInRow: 0 },
    },
    warnings: ['Another <plugin> writes, too.'],
    index: [
      {
        uuid: sectionUuid('s'),
        key: sectionKey('1'),
        title: 'Films <b>',
        listedAt: null,
        watermark: 0,
        caughtUpAt: null,
        items: 7,
      },
    ],
    pathMaps: [{ from: '/data', to: '/me\u202edia', support: 9 }],
  }).ask('/');
  for (const words of [
    'unreachable for 2 minutes, next try in 30 seconds: No &lt;answer&gt;',
    'Another &lt;plugin&gt; writes, too.',
    'Films &lt;b&gt;: 7 items, not completely read yet',
    '/me\\u202edia',
    '(seen in 9 files)',
  ]) {
    expect(text).toContain(words);
  }
});

describe('after a safety stop', () => {
  const stop = { kind: 'safety', reason: 'Most links fail.', advice: 'Look.', since: NOW - 60_000 } as const;

  test('a person says that all is well', async () => {
    const { ask, operations } = showing({ stop });
    expect((await ask('/')).text).toContain('All is well: go on');
    expect((await ask('/resume', { form: {} })).to).toBe('/');
    expect(operations.calls).toContainEqual(['resume']);
    expect((await ask('/')).text).toContain('The stop is lifted; work goes on.');
  });

  test('another server is used only after a question', async () => {
    const { ask, operations } = showing({ stop: { ...stop, kind: 'server-changed' } });
    const { text } = await ask('/');
    expect(text).toContain('href="/adopt-server"');
    expect(text).not.toContain('All is well: go on');
    expect((await ask('/adopt-server')).text).toContain('Use the new server');
    expect(operations.calls.map(([name]) => name)).not.toContain('adoptServer');
    await ask('/adopt-server', { form: {} });
    expect((await ask('/')).text).toContain('Plex server abc is the one from now on.');
  });

  test('a server that does not answer is not used, and the page says why', async () => {
    const away = fail({ class: 'unreachable', peer: 'plex', message: 'Plex is away.' } as const);
    const { ask } = showing({}, { adoptServer: () => Promise.resolve(away) });
    await ask('/adopt-server', { form: {} });
    expect((await ask('/')).text).toContain('Plex is away.');
  });
});

test('scenes destroyed at once wait for a word of their own', async () => {
  const { ask, operations } = showing({ destroyedAtOnce: 40 });
  expect((await ask('/')).text).toContain('40 scenes destroyed at once');
  await ask('/resume', { form: {} });
  expect(operations.calls).toContainEqual(['resume']);
});

describe('the first sync', () => {
  test('says what it will do before anything was compared', async () => {
    const { text } = await showing({ firstSync: { report: null } }).ask('/');
    expect(text).toContain('It asks before it writes');
    expect(text).not.toContain('action="/first-sync"');
  });

  test('is accepted beside its tally', async () => {
    const tally = {
      ...NO_TALLY,
      scenes: 12,
      wouldChange: 9,
      inStep: 3,
      fields: { title: { changed: 4, first: 1 } },
    };
    const report = { startedAt: 0, endedAt: NOW - 60_000, tally, sample: [sceneId('42')] };
    const { ask, operations } = showing({ firstSync: { report } });
    const { text } = await ask('/');
    for (const words of [
      '12 scenes: 9 would change, 3 in step; title 5.',
      '4 changed in Stash, 1 first written by PlexSync',
      'href="/scenes/42"',
      'Accept it, and write',
    ]) {
      expect(text).toContain(words);
    }
    await ask('/first-sync', { form: {} });
    expect(operations.calls).toContainEqual(['runFirstSync']);
    expect((await ask('/')).text).toContain('The first sync is accepted');
  });
});

describe('the comparison of everything', () => {
  const running = {
    startedAt: NOW - 5_000,
    total: 1_000,
    counts: { ...NO_COUNTS, scenes: 400 },
    survey: null,
    remainingMs: 9_000,
    failure: null,
  };
  const buttons = async (reconcile: Partial<Status['reconcile']>): Promise<readonly string[]> => {
    const { text } = await showing({ reconcile: { ...quietStatus.reconcile, ...reconcile } }).ask('/');
    return [...text.matchAll(/name="act" value="(\w+)"/g)].map(([, act = '']) => act);
  };

  test('has the buttons that its state allows, and shows how far it is', async () => {
    expect(await buttons({})).toEqual(['start']);
    expect(await buttons({ rest: { kind: 'paused', since: 0 } })).toEqual(['start', 'resume']);
    expect(await buttons({ running })).toEqual(['pause', 'cancel']);
    expect(await buttons({ running, rest: { kind: 'paused', since: 0 } })).toEqual(['resume', 'cancel']);
    const { text } = await showing({ reconcile: { ...quietStatus.reconcile, running } }).ask('/');
    expect(text).toContain('<progress max="1000" value="400"');
    expect(text).toContain('400 of 1000 scenes (40 %), 9 seconds left');
  });

  test.each([
    ['start', 'reconcile', 'A new listing of Plex’s libraries and a comparison of all scenes are queued'],
    ['pause', 'pauseReconcile', 'Comparisons are paused'],
    ['resume', 'resumeReconcile', 'Comparisons go on.'],
    ['cancel', 'cancelReconcile', 'The comparison was cancelled'],
    ['toString', null, 'Nothing was asked for.'],
  ] as const)('%s', async (act, operation, words) => {
    const { ask, operations } = showing({});
    await ask('/reconcile', { form: { act } });
    const asked = operations.calls.map(([name]) => name).filter((name) => /reconcile/i.test(name));
    expect(asked).toEqual(operation === null ? [] : [operation]);
    expect((await ask('/')).text).toContain(words);
  });

  test('that is refused says why', async () => {
    const off = fail({ class: 'settings', message: 'PlexSync is switched off.', advice: 'Wait.' } as const);
    const { ask } = showing({}, { reconcile: () => Promise.resolve(off) });
    await ask('/reconcile', { form: { act: 'start' } });
    expect((await ask('/')).text).toContain('PlexSync is switched off. Wait.');
  });

  test('is said to wait where something stands in the way', async () => {
    const { ask } = showing(
      { firstSync: { report: null } },
      { reconcile: () => Promise.resolve(succeed({ added: 1, coalesced: 0, scenes: 7 })) },
    );
    await ask('/reconcile', { form: { act: 'start' } });
    expect((await ask('/')).text).toContain('It writes nothing yet, since the first sync asks first');
  });
});

describe('the charts', () => {
  const busy = () => {
    let activity = NO_ACTIVITY;
    for (const latencyMs of [400, 400, 3_000]) {
      activity = activityAfter(activity, { kind: 'scene', latencyMs }, NOW);
    }
    for (let field = 0; field < 4; field++) activity = activityAfter(activity, { kind: 'field' }, NOW);
    activity = activityAfter(activity, { kind: 'request', peer: 'plex', isAnswered: false }, NOW);
    return visitor({ access: ON_THIS_MACHINE, activity });
  };

  test('are said in a sentence each, drawn from data, and there as tables', async () => {
    const { text } = await busy().ask('/');
    expect(text).toContain('In the last hour: 3 scenes brought in step; fields and images written: 4.');
    expect(text).toMatch(/half of the edits within 0\.\d+ s, 95 % within 3 s/);
    expect(text).toContain('1 to Plex, 0 to Stash, 1 without an answer.');
    const [, data = ''] = /id="throughput" data-series="([^"]+)"/.exec(text) ?? [];
    const series: unknown = JSON.parse(data.replaceAll('&quot;', '"'));
    expect(series).toMatchObject({
      unit: 'a minute',
      series: [{ name: 'Scenes' }, { name: 'Fields and images' }],
    });
    expect(text).toMatch(/As a table.*data-title="Scenes \(a minute\)" class="number">3</s);
  });

  test('are of a day or a week as the address says', async () => {
    const { ask } = busy();
    expect((await ask('/?span=day')).text).toContain('In the last day: 3 scenes');
    expect((await ask('/?span=week')).text).toContain('In the last week: 3 scenes');
    expect((await ask('/?span=year')).text).toContain('In the last hour: 3 scenes');
  });

  test('say so where nothing was done', async () => {
    const { text } = await localVisitor().ask('/');
    expect(text).toContain('In the last hour nothing was written.');
    expect(text).toContain('In the last hour no edit was waited for.');
    expect(text).not.toContain('As a table');
  });
});
