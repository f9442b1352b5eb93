import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodedLength } from '../text.ts';
import { desiredOf } from './desired.ts';
import { entities, sampleScene } from './testing/samples.ts';

test('a text that would make the URL too long is cut between words, with one warning', () => {
  const scene = sampleScene({ details: '日本語の説明 '.repeat(500) });
  const { desired, warnings } = desiredOf(scene, { maxTags: 100, maxEncoded: 700 });
  expect(encodedLength(desired.summary)).toBeLessThanOrEqual(700);
  expect(encodedLength(desired.summary)).toBeGreaterThan(600);
  expect(warnings).toEqual([
    expect.stringMatching(/^details of \d+ characters, of which the first \d+ are sent$/),
  ]);
});

test('tags that would make the URL too long are left out from the end', () => {
  const tags = Array.from({ length: 40 }, (_, index) => `Tag number ${index}`);
  const { desired } = desiredOf(sampleScene({ tags: entities(tags) }), { maxTags: 100, maxEncoded: 1_000 });
  expect(desired.genres).toEqual(tags.slice(0, desired.genres.length));
  expect(desired.genres.length).toBeGreaterThan(15);
  expect(desired.genres.length).toBeLessThan(40);
});

test('whatever the text, what is sent fits and is a start of it', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 400 }),
      fc.integer({ min: 50, max: 500 }),
      (details, maxEncoded) => {
        const whole = desiredOf(sampleScene({ details }), { maxTags: 1, maxEncoded: null }).desired.summary;
        const { summary } = desiredOf(sampleScene({ details }), { maxTags: 1, maxEncoded }).desired;
        expect(encodedLength(summary)).toBeLessThanOrEqual(maxEncoded);
        expect(whole.startsWith(summary)).toBe(true);
      },
    ),
  );
});
