import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodedLength } from '../text.ts';
import { desiredOf } from './desired.ts';
import { DEFAULT_SETTINGS, entities, sampleScene } from './testing/samples.ts';

const rules = ({ maxEncoded }: { readonly maxEncoded: number | null }) => ({
  settings: DEFAULT_SETTINGS,
  tagsBelow: null,
  maxEncoded,
});

test('a text that would make the URL too long is cut between words, with one warning', () => {
  const scene = sampleScene({ details: '日本語の説明 '.repeat(500) });
  const { desired, warnings } = desiredOf(scene, rules({ maxEncoded: 700 }));
  const { summary = '' } = desired;
  expect(encodedLength(summary)).toBeLessThanOrEqual(700);
  expect(encodedLength(summary)).toBeGreaterThan(600);
  expect(warnings).toEqual([
    expect.stringMatching(/^details of \d+ characters, of which the first \d+ are sent$/),
  ]);
});

test('tags that would make the URL too long are left out from the end', () => {
  const tags = Array.from({ length: 40 }, (_, index) => `Tag number ${index}`);
  const { genres = [] } = desiredOf(
    sampleScene({ tags: entities(tags) }),
    rules({ maxEncoded: 1_000 }),
  ).desired;
  expect(genres).toEqual(tags.slice(0, genres.length));
  expect(genres.length).toBeGreaterThan(15);
  expect(genres.length).toBeLessThan(40);
});

test('whatever the text, what is sent fits and is a start of it', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 400 }),
      fc.integer({ min: 50, max: 500 }),
      (details, maxEncoded) => {
        const whole = desiredOf(sampleScene({ details }), rules({ maxEncoded: null })).desired.summary ?? '';
        const { summary = '' } = desiredOf(sampleScene({ details }), rules({ maxEncoded })).desired;
        expect(encodedLength(summary)).toBeLessThanOrEqual(maxEncoded);
        expect(whole.startsWith(summary)).toBe(true);
      },
    ),
  );
});
