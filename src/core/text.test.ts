import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cutTo, foldName, normalForm, type TextShape } from './text.ts';

/** Every character that some rule looks at, so that they meet each other often. */
const SPACES = [' ', '  ', '\t', '\n', '\r', '\v', '\u0085', '\u2028', '\u00a0', '\u2001', '\u3000'];
const UNSEEN = [
  '\u0000',
  '\u001b',
  '\u009b',
  '\u00ad',
  '\u200b',
  '\u200f',
  '\u202e',
  '\u2060',
  '\ufeff',
  '\uffff',
];
const JOINING = [
  '\u200c',
  '\u200d',
  '\ufe0e',
  '\ufe0f',
  '\u0301',
  '\u0338',
  '\u0307',
  '\u20e3',
  '\u094d',
  '\u064e',
];
const EMOJI = [
  '❤',
  '👩',
  '🏽',
  '🏴',
  '\u{e0067}',
  '\u{e007f}',
  '\u{e0001}',
  '🇩',
  '🇪',
  '\u2194',
  '\ud83d',
  '\ude00',
];
const LETTERS = ['a', 'E', 'i', 'I', '1', '#', '“', '—', 'ß', 'İ', 'Σ', 'ن', 'क', 'ष', '日', 'ᄀ', 'ᅡ'];
const NASTY = fc.string({
  unit: fc.constantFrom(...SPACES, ...UNSEEN, ...JOINING, ...EMOJI, ...LETTERS),
  maxLength: 30,
});
const SHAPES: readonly TextShape[] = ['line', 'paragraphs'];

describe('normalForm', () => {
  test.each([
    ['plain text', 'A title, plain: (1)', 'A title, plain: (1)'],
    ['an emptied text', '', ''],
    ['spaces of every kind', '  A\u00a0 b\t\u3000c \u2009d  ', 'A b c d'],
    ['decomposed letters', 'Cafe\u0301', 'Caf\u00e9'],
    ['letters that a zero-width character kept apart', 'Cafe\u200b\u0301', 'Caf\u00e9'],
    ['control characters', 'a\u0000b\u001b[31m\u009bc\u007f', 'ab[31mc'],
    ['zero-width characters', '\ufeffA\u200bB\u2060C\u00adD', 'ABCD'],
    ['characters that turn the writing direction', 'a\u202eb\u200fc', 'abc'],
    ['joiners and styles with nothing to join or style', 'a\u200db\u200c c\ufe0f\u200d', 'ab c'],
    ['lone surrogates', 'a\ud83db\ude00c', 'abc'],
    ['characters that XML cannot hold', 'a\ufffe\uffffb', 'ab'],
    ['line breaks', 'a\r\nb\nc\u2028d', 'a b c d'],
  ])('%s, on a line', (_, text, expected) => {
    expect(normalForm(text, 'line')).toBe(expected);
  });

  test.each([
    ['smart quotes, dashes and ellipses', '“It’s” – here… «so» — ‘now’'],
    ['case', 'McDONALD'],
    ['an emoji', 'Party 🎉!'],
    ['an emoji of several people', '👩‍👩‍👧'],
    ['an emoji with a skin tone and a joiner', '🤦🏽‍♀️'],
    ['a heart on fire', '❤️‍🔥'],
    ['a keycap', '1️⃣'],
    ['flags of a country and of a region', '🇩🇪 🏴󠁧󠁢󠁥󠁮󠁧󠁿'],
    ['the half space of Persian', 'می‌خواهم'],
    ['a joiner of Devanagari', 'क्‍ष'],
    ['a variant of a Han character', '葛󠄀'],
  ])('leaves %s', (_, text) => {
    for (const shape of SHAPES) expect(normalForm(text, shape)).toBe(text);
  });

  test.each([
    ['breaks between paragraphs', 'First.\n\nSecond.', 'First.\n\nSecond.'],
    ['every kind of line break', 'a\r\nb\rc\u0085d\u2028e\u2029f\vg\fh', 'a\nb\nc\nd\ne\nf\ng\nh'],
    ['more than one empty line', 'a\n\n\n\nb', 'a\n\nb'],
    ['lines that only look empty', 'a\n \u200b\t\n\u00a0\n\nb', 'a\n\nb'],
    ['spaces around a break', 'a  \n   b', 'a\nb'],
    ['spaces inside a line', 'a  b\tc', 'a b c'],
    ['breaks at both ends', '\n\na\n', 'a'],
  ])('%s, in paragraphs', (_, text, expected) => {
    expect(normalForm(text, 'paragraphs')).toBe(expected);
  });

  test('has one form for all its spellings, and for its own result', () => {
    fc.assert(
      fc.property(NASTY, fc.constantFrom(...SHAPES), (text, shape) => {
        const form = normalForm(text, shape);
        expect(normalForm(form, shape)).toBe(form);
        expect(form).toBe(form.trim().normalize('NFC'));
        expect(form.isWellFormed()).toBe(true);
        expect(form).not.toMatch(shape === 'line' ? /\s\s|[^\S ]/ : /\n{3}|[^\S\n ]/);
      }),
    );
  });

  test('leaves every text of visible characters as it is, but for its spaces', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[\p{L}\p{Nd}\p{P}\p{S}]+$/u)), (words) => {
        const text = words.map((word) => word.normalize('NFC')).join(' ');
        expect(normalForm(text.replaceAll(' ', ' \t '), 'line')).toBe(text);
      }),
    );
  });
});

describe('cutTo', () => {
  test.each([
    ['a text that fits', 'abc def', 7, 'abc def'],
    ['between two words', 'one two three four', 13, 'one two three'],
    ['before a word that does not fit', 'one two three four', 15, 'one two three'],
    ['at a line break', 'one two three\nfour', 15, 'one two three'],
    [
      'inside a word, when a whole word would cost more than a fifth',
      'one extraordinarily',
      10,
      'one extrao',
    ],
    ['inside a text without spaces', '日本語日本語', 4, '日本語日'],
    ['before an emoji that does not fit', 'abcd😀', 5, 'abcd'],
    ['before an emoji of several characters', 'abcdef👩‍👩‍👧', 10, 'abcdef'],
    ['before a letter with its accents', 'abcdx\u0330', 5, 'abcd'],
  ])('%s', (_, text, limit, expected) => {
    expect(cutTo(limit, text)).toBe(expected);
  });

  test('a single character longer than the limit is cut between code points', () => {
    expect(cutTo(3, `a${'\u0330'.repeat(9)}`)).toBe('a\u0330\u0330');
    expect(cutTo(2, `👩${'\u200d👩'.repeat(9)}`)).toBe('👩');
    expect(cutTo(1, '👩👩')).toBe('');
  });

  test('gives a start of the text within the limit, well formed and without a space at its end', () => {
    fc.assert(
      fc.property(NASTY, fc.integer({ min: 1, max: 20 }), (text, limit) => {
        const whole = normalForm(text, 'paragraphs');
        const cut = cutTo(limit, whole);
        expect(cut.length).toBeLessThanOrEqual(limit);
        expect(whole.startsWith(cut)).toBe(true);
        expect(cut.isWellFormed()).toBe(true);
        expect(cut).toBe(cut.trimEnd());
      }),
    );
  });
});

describe('foldName', () => {
  test.each([
    ['case', 'Big Tag', 'bIG tAG'],
    ['spaces', ' Big \u00a0 Tag', 'big tag'],
    ['the form of accents', 'Ame\u0301lie', 'AM\u00c9LIE'],
    ['characters that cannot be seen', 'big\u200b tag', 'big tag'],
    ['the dot of a capital I', '\u0130zmir', 'i\u0307zmir'],
  ])('two names that differ in %s are one', (_, one, other) => {
    expect(foldName(one)).toBe(foldName(other));
  });

  test.each([
    ['accents', 'Rene', 'René'],
    ['quotes', "Rock'n'Roll", 'Rock’n’Roll'],
    ['punctuation', 'A-B', 'A B'],
  ])('two names that differ in %s are two', (_, one, other) => {
    expect(foldName(one)).not.toBe(foldName(other));
  });

  test('a folded name folds to itself', () => {
    fc.assert(
      fc.property(NASTY, (name) => {
        expect(foldName(foldName(name))).toBe(foldName(name));
      }),
    );
  });
});
