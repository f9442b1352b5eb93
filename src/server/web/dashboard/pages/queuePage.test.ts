import { describe, expect, test } from 'vitest';
import { fakeOperations, quietStatus } from '../../../../../test/fakes/fakeOperations.ts';
import { sceneId } from '../../../../core/ids.ts';
import type { Job } from '../../../../core/job.ts';
import { succeed } from '../../../../core/result.ts';
import { sceneSubject, wholeLibrary } from '../../../../core/scene.ts';
import { localVisitor } from '../testing/visitor.ts';

const NOW = 1_000_000;
const job = (id: string, differing: Partial<Job> = {}): Job => ({
  subject: sceneSubject(sceneId(id)),
  state: 'pending',
  source: 'hook',
  priority: 10,
  enqueuedAt: NOW - 5_000,
  dueAt: NOW + 30_000,
  attempt: 2,
  postponed: 0,
  again: false,
  cursor: null,
  failure: { class: 'rejected', message: 'HTTP 400 <script>\u001b[31m' },
  stateSince: NOW - 60_000,
  ...differing,
});

const busy = {
  ...quietStatus,
  queue: { ...quietStatus.queue, pending: 2, waiting: 1, oldestPendingAt: NOW - 60_000 },
};

describe('the queue', () => {
  test('shows what a job waits for, and makes no markup of what a server said', async () => {
    const jobs = [job('42'), job('7', { subject: wholeLibrary, state: 'running', priority: 140 })];
    const { ask } = localVisitor(fakeOperations({ queue: () => Promise.resolve(jobs) }));
    const { text } = await ask('/queue');
    expect(text).toContain('<a href="/scenes/42">scene 42</a>');
    expect(text).toContain('in 30 seconds');
    expect(text).toContain('1 minute ago');
    expect(text).toContain('Refused by Plex or Stash: HTTP 400 &lt;script&gt;\\u001b[31m');
    expect(text).toContain('all scenes');
    expect(text).toContain('140 bulk');
  });

  test('is filtered as the address says', async () => {
    const { ask, operations } = localVisitor();
    await ask('/queue?state=waiting&class=no-match&limit=200');
    await ask('/queue?state=nonsense&class=nonsense&limit=-3');
    expect(operations.calls.filter(([name]) => name === 'queue')).toEqual([
      ['queue', { states: ['waiting'], class: 'no-match', limit: 200 }],
      ['queue', { states: ['running', 'pending', 'waiting'], limit: 50 }],
    ]);
  });

  test('says what to do where nothing is queued, and where nothing fits', async () => {
    const { ask } = localVisitor();
    expect((await ask('/queue')).text).toContain('Nothing is queued');
    expect((await ask('/queue?state=dead')).text).toContain('No job fits.');
  });

  test('leads to more of a long list, with the filter', async () => {
    const many = Array.from({ length: 50 }, (_, index) => job(String(index + 1)));
    const { ask } = localVisitor(fakeOperations({ queue: () => Promise.resolve(many) }));
    expect((await ask('/queue?state=pending')).text).toContain('href="/queue?state=pending&amp;limit=200"');
  });

  test('is cleared after a question', async () => {
    const { ask, operations } = localVisitor(
      fakeOperations({
        status: () => Promise.resolve(busy),
        clearQueue: () => Promise.resolve({ cleared: 3 }),
      }),
    );
    expect((await ask('/queue')).text).toContain('href="/queue/clear"');
    const question = await ask('/queue/clear');
    expect(question.text).toContain('3 jobs would be dropped');
    expect(operations.calls.map(([name]) => name)).not.toContain('clearQueue');
    expect(await ask('/queue/clear', { form: {} })).toMatchObject({ status: 303, to: '/queue' });
    expect((await ask('/queue')).text).toContain('3 jobs cleared.');
  });

  test('a scene is looked at now, and a dead letter retried; the filter stays', async () => {
    const { ask, operations } = localVisitor();
    const sent = { scene: '42', state: 'waiting', class: '', limit: '50' };
    expect((await ask('/queue/look', { form: sent })).to).toBe('/queue?state=waiting');
    expect(operations.calls).toContainEqual(['sync', { kind: 'scenes', scenes: ['42'] }]);
    const dead = localVisitor(fakeOperations({ retry: () => Promise.resolve(succeed({ retried: 1 })) }));
    await dead.ask('/queue/look', { form: { scene: '42' } });
    expect(dead.operations.calls.map(([name]) => name)).not.toContain('sync');
    expect((await dead.ask('/queue')).text).toContain('Scene 42 is due; the daemon does it now.');
  });

  test('a form that names no scene asks for nothing', async () => {
    const { ask, operations } = localVisitor();
    await ask('/queue/look', { form: { scene: '0 or 1' } });
    expect(operations.calls.map(([name]) => name)).not.toContain('sync');
    expect((await ask('/queue')).text).toContain('That is no scene.');
  });
});
