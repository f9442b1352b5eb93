import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { counted, durationInWords } from '../../core/quantityInWords.ts';
import { ago, dueIn } from '../../core/words/timeInWords.ts';
import { cutToWidth, displayWidth } from './displayWidth.ts';
import { textTable } from './textTable.ts';

describe('width', () => {
  test.each([
    ['abc', 3],
    ['日本', 4],
    ['é', 1],
    ['e\u0301', 1],
    ['👩‍👩‍👧', 2],
    ['❤️', 2],
    ['', 0],
  ])('%j takes %i columns', (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });

  test('a cut text fits, and is whole signs of the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 2, max: 20 }), (text, widest) => {
        const cut = cutToWidth(text, widest);
        expect(displayWidth(cut)).toBeLessThanOrEqual(widest);
        if (cut !== text) expect(text.startsWith(cut.slice(0, -1)) && cut.endsWith('…')).toBe(true);
      }),
    );
  });
});

describe('a table', () => {
  const rows = [
    { id: 7, title: 'A quiet afternoon by the sea', state: 'pending' },
    { id: 12345, title: '日本', state: 'dead' },
  ];
  const columns = [
    { title: 'ID', value: (row: (typeof rows)[number]) => row.id },
    { title: 'TITLE', value: (row: (typeof rows)[number]) => row.title, isCut: true as const },
    { title: 'STATE', value: (row: (typeof rows)[number]) => row.state },
  ];

  test('lines up, numbers to the right, nothing cut without a terminal', () => {
    expect(textTable(rows, columns, null)).toBe(
      [
        '   ID  TITLE                         STATE',
        '    7  A quiet afternoon by the sea  pending',
        '12345  日本                          dead',
      ].join('\n'),
    );
  });

  test('fits the terminal by cutting what may be cut', () => {
    expect(textTable(rows, columns, 35)).toBe(
      [
        '   ID  TITLE                STATE',
        '    7  A quiet afternoon …  pending',
        '12345  日本                 dead',
      ].join('\n'),
    );
  });

  test('on a very narrow terminal keeps the cut columns readable and overflows', () => {
    const [, line = ''] = textTable(rows, columns, 10).split('\n');
    expect(line).toBe('    7  A quiet aft…  pending');
  });

  test('a cell cannot break the line or reach the terminal', () => {
    const text = textTable([{ id: 1, title: 'a\nb\u001b[2Jc', state: '' }], columns, null);
    expect(text.split('\n')).toHaveLength(2);
    expect(text).toContain('a\\nb\\u001b[2Jc');
  });
});

describe('times in words', () => {
  test.each([
    [0, 'a moment'],
    [999, 'a moment'],
    [1_000, '1 second'],
    [119_000, '1 minute'],
    [7_200_000, '2 hours'],
    [86_400_000 * 3, '3 days'],
  ])('%i ms is %s', (ms, words) => {
    expect(durationInWords(ms)).toBe(words);
  });

  test('past, present, future', () => {
    expect(ago(0, 120_000)).toBe('2 minutes ago');
    expect(ago(5_000, 0)).toBe('just now');
    expect(dueIn(30_000, 0)).toBe('in 30 seconds');
    expect(dueIn(0, 30_000)).toBe('now');
  });

  test('one and many', () => {
    expect([counted(0, 'job'), counted(1, 'job'), counted(2, 'job')]).toEqual(['0 jobs', '1 job', '2 jobs']);
  });
});
