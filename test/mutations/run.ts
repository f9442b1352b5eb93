import { availableParallelism } from 'node:os';
import { killMutation, type Outcome } from './killMutation.ts';
import { type Mutation, readMutations } from './mutation.ts';

/**
 * Each mutation breaks one promise by one line, and the tests that hold it have to turn red: one that survives
 * is a hole in the suite, one that does not apply any more is to be drawn anew. Names of patches as arguments run
 * these alone.
 */
const names = process.argv.slice(2);
const all = readMutations(import.meta.dirname);
const chosen = names.length === 0 ? all : all.filter(({ name }) => names.includes(name));
if (chosen.length === 0) throw new Error(`no mutation is called ${names.join(' or ')}`);

const startedAt = performance.now();
const queue = [...chosen];
const outcomes = new Map<Mutation, Outcome>();
const work = async (): Promise<void> => {
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const outcome = await killMutation(next);
    outcomes.set(next, outcome);
    const seconds = (outcome.ms / 1000).toFixed(1).padStart(6);
    console.log(`${outcome.kind.padEnd(11)} ${seconds} s  ${next.name.padEnd(38)} ${outcome.words}`);
  }
};
await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, work));

const killed = [...outcomes.values()].filter(({ kind }) => kind === 'killed').length;
const seconds = Math.round((performance.now() - startedAt) / 1000);
console.log(`\n${killed} of ${chosen.length} mutations killed in ${seconds} s`);
for (const [{ name, breaks }, { kind }] of outcomes) {
  if (kind !== 'killed') console.log(`${name} (${kind}): ${breaks}`);
}
process.exitCode = killed === chosen.length ? 0 : 1;
