import { writeFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import { LENGTHS, type Length } from './part.ts';
import { PARTS } from './parts.ts';
import { type RanPart, reportTable } from './report.ts';
import { runPart } from './runPart.ts';

/**
 * Breaks PlexSync on purpose, in ways that depend on the seed alone: docs/reliability.md says which promises each part
 * tries. The exit code is 1 when something broke.
 */
interface CampaignFlags {
  readonly seed?: number;
  readonly part?: readonly string[];
  readonly length: Length;
  readonly minutes?: number;
  readonly json?: string;
}

const command = new Command('campaign')
  .description('Breaks PlexSync on purpose and says what did not hold.')
  .option('--seed <n>', 'what is drawn; a random one when absent', (text) => Number.parseInt(text, 10))
  .addOption(new Option('--part <names...>', 'these parts alone').choices(PARTS.map(({ name }) => name)))
  .addOption(new Option('--length <length>', 'short is for CI').choices(LENGTHS).default('short'))
  .option('--minutes <n>', 'how long the soak goes on; 60 when long', Number)
  .option('--json <file>', 'the report, for machines')
  .addHelpText('after', `\nParts:\n${PARTS.map(({ name, words }) => `  ${name}: ${words}`).join('\n')}`)
  .parse();

const flags = command.opts<CampaignFlags>();
const seed = flags.seed ?? Math.trunc(Math.random() * 2 ** 31);
if (!Number.isSafeInteger(seed)) command.error('--seed is a whole number');
const chosen = PARTS.filter(({ name }) => flags.part?.includes(name) ?? true);

console.log(`Seed ${seed}, ${flags.length}: ${chosen.map(({ name }) => name).join(', ')}`);
const ran: RanPart[] = [];
const { length, minutes } = flags;
const options = { seed, length, ...(minutes === undefined ? {} : { minutes }) };
for (const part of chosen) ran.push(await runPart(part, options));
const report = { seed, length, parts: ran };
if (flags.json !== undefined) writeFileSync(flags.json, `${JSON.stringify(report, null, 2)}\n`);
console.log(reportTable(report));
// Not left to the event loop: what a broken part left behind must not keep it going.
process.exit(ran.some(({ broken }) => broken.length > 0) ? 1 : 0);
