import { readFile, writeFile } from 'node:fs/promises';
import { badInputDocument } from './badInputDocument.ts';
import { commandsDocument } from './commandsDocument.ts';
import { configDocument } from './configDocument.ts';
import { metricsDocument } from './metricsDocument.ts';
import { performanceDocument } from './performanceDocument.ts';
import { reliabilityDocument } from './reliabilityDocument.ts';

/** Writes the documents, or parts of them, that are made from tables in the code and from figures; with --check only says whether they are up to date. */
const DOCUMENTS: Readonly<Record<string, (found: string) => string>> = {
  'docs/config.md': configDocument,
  'docs/commands.md': commandsDocument,
  'docs/bad-input.md': badInputDocument,
  'docs/metrics.md': metricsDocument,
  'docs/performance.md': performanceDocument,
  'docs/reliability.md': reliabilityDocument,
};

const stale: string[] = [];
for (const [path, make] of Object.entries(DOCUMENTS)) {
  const found = await readFile(path, 'utf8').catch(() => '');
  const wanted = make(found);
  if (found === wanted) continue;
  stale.push(path);
  if (!process.argv.includes('--check')) await writeFile(path, wanted);
}
if (process.argv.includes('--check') && stale.length > 0) {
  console.error(
    `${stale.join(', ')} is not what the code and the figures say: run npm run docs, and commit it.`,
  );
  process.exitCode = 1;
}
