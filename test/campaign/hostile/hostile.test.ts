import { describe, expect, test } from 'vitest';
import { FeedingThread } from './feedingThread.ts';
import { feedTarget } from './feedTarget.ts';
import { bytesOf, demand, jsonBytes, pureTarget, textOf } from './target.ts';
import { TARGETS } from './targets.ts';

describe('a few inputs that mean harm, each time the same', () => {
  test.each(TARGETS.map((target) => ({ target, name: target.name })))('$name', async ({ target }) => {
    const { inputs, broken } = await feedTarget(target, { seed: 1, inputs: 60 });
    expect({ inputs, broken }).toEqual({ inputs: 60, broken: [] });
  });
});

describe('what breaks is noticed', () => {
  test('an input that throws, made as small as it goes', async () => {
    const target = pureTarget('a parser', [bytesOf('a text of some words')], (input) => {
      demand(!textOf(input).includes('"'), 'there are no quotes');
    });
    const { broken } = await feedTarget(target, { seed: 1, inputs: 2_000 });
    expect(broken).toEqual([expect.stringMatching(/^a parser: .*broken rule: there are no quotes/)]);
  });

  test('a part that nests in itself thousands of times', async () => {
    const depthOf = (value: unknown): number =>
      typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0;
    const target = pureTarget(
      'a reader',
      [jsonBytes({ id: 1, parent: { id: 2, parent: null } })],
      (input) => {
        const text = textOf(input);
        if (text.startsWith('{')) depthOf(JSON.parse(text.endsWith('}') ? text : 'null'));
      },
    );
    const { broken } = await feedTarget(target, { seed: 2, inputs: 2_000 });
    expect(broken.join()).toMatch(/Maximum call stack|JSON/);
  });

  test('a thread that ends, and the next order is fed all the same', async () => {
    const thread = new FeedingThread();
    const lost = await thread.feed({ target: 'no such target', seed: 1, inputs: 1 });
    expect(lost.broken).toEqual([expect.stringContaining('there is no target')]);
    const [target] = TARGETS;
    const fed = await thread.feed({ target: target?.name ?? '', seed: 1, inputs: 10 });
    expect(fed).toMatchObject({ inputs: 10, broken: [] });
    await thread.end();
  });
});
