import { expect, test } from 'vitest';
import { reportTable } from './report.ts';
import { runPart } from './runPart.ts';

const part = { name: 'crashes', seconds: 1.5, figures: { kills: 3 }, broken: [], skipped: [] };

test('a report shows each figure, what was left out, and how to see again what broke', () => {
  const text = reportTable({
    seed: 42,
    length: 'long',
    parts: [part, { ...part, name: 'network', broken: ['round 3: an edit was lost'], skipped: ['no tmpfs'] }],
  });
  expect(text).toMatch(/^crashes +kills +3$/m);
  expect(text).toContain('network left out: no tmpfs');
  expect(text).toContain(
    'network BROKE: round 3: an edit was lost\n  npm run campaign -- --part network --length long --seed 42',
  );
  expect(text).not.toContain('Nothing broke');
});

test('nothing broken is said with the seed', () => {
  expect(reportTable({ seed: 42, length: 'short', parts: [part] })).toContain('Nothing broke (seed 42).');
});

test('a part that throws has broken', async () => {
  const ran = await runPart(
    { name: 'bad', words: 'it throws', run: () => Promise.reject(new Error('out of rope')) },
    { seed: 1, length: 'short' },
  );
  expect(ran.broken).toEqual([expect.stringContaining('out of rope')]);
});
