import { nodeProblem } from './nodeVersion.ts';

// Nothing else may be imported before the check: an old Node fails at node:sqlite with words that help nobody.
const problem = nodeProblem(process.version, process.execPath);
if (problem === null) {
  void import('./start.ts').then(({ start }) => start());
} else {
  process.stderr.write(`${problem}\n`);
  process.exitCode = 1;
}
