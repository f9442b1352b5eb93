import type { Command } from 'commander';
import { adviceWords, type Finding, type FindingState, worstOf } from '../../core/doctor/finding.ts';
import { settingsFileFindings } from '../../core/doctor/hostFindings.ts';
import { counted } from '../../core/quantityInWords.ts';
import { visibleText } from '../../core/visibleText.ts';
import type { ExitReason } from '../exitCode.ts';
import { hangingText } from '../output/hangingText.ts';
import type { Paint, Style } from '../output/paint.ts';
import type { Run } from '../run.ts';

const EXITS = { ok: 'done', warning: 'warned', problem: 'problem' } as const satisfies Record<
  FindingState,
  ExitReason
>;

export function addDoctorCommand(program: Command, run: Run): void {
  program
    .command('doctor')
    .description('look at everything that a sync needs, and say what to correct; changes nothing')
    .action(async () => {
      const findings = await examine(run);
      const state = worstOf(findings);
      const { width, paint } = run.output;
      run.answer({
        json: { state, findings },
        text: `${findingsText(findings, { width, paint })}\n\n${summary(findings)}`,
        exit: EXITS[state],
      });
    });
}

/** What keeps other commands from working is an answer here. */
async function examine(run: Run): Promise<readonly Finding[]> {
  const settings = await run.settings();
  const opened = await run.open(settings, { isDespiteProblems: true });
  // The daemon does not know where a command has its settings from.
  const ours = settingsFileFindings(run.openSecrets);
  if (!opened.ok) {
    const { obfuscate_paths: hidden } = settings;
    const hidesPaths = hidden.ok && hidden.value === true;
    const why = run.redact(opened.failure.message);
    return [
      ...ours,
      ...(await run.context.examineClosed({ dataDir: run.dataDir(settings), why, hidesPaths })),
    ];
  }
  try {
    return [...ours, ...(await opened.value.operations.doctor())];
  } finally {
    await opened.value.close();
  }
}

const SIGNS = { ok: '✓', warning: '!', problem: '✗' } as const satisfies Record<FindingState, string>;
const STYLES = { ok: 'good', warning: 'doubtful', problem: 'bad' } as const satisfies Record<
  FindingState,
  Style
>;

function findingsText(
  findings: readonly Finding[],
  { width, paint }: { readonly width: number | null; readonly paint: Paint },
): string {
  const indent = Math.max(...findings.map(({ name }) => name.length)) + 4;
  return findings
    .flatMap(({ name, state, found, advice }) => [
      `${paint(STYLES[state], SIGNS[state])} ${name.padEnd(indent - 2)}${hangingText(visibleText(found), { indent, width })}`,
      ...(advice === null
        ? []
        : [`${' '.repeat(indent)}${hangingText(adviceWords(visibleText(advice)), { indent, width })}`]),
    ])
    .join('\n');
}

function summary(findings: readonly Finding[]): string {
  const count = (wanted: FindingState): number => findings.filter(({ state }) => state === wanted).length;
  const [problems, warnings] = [count('problem'), count('warning')];
  if (problems + warnings === 0) return 'All is well.';
  return [
    ...(problems === 0 ? [] : [counted(problems, 'problem')]),
    ...(warnings === 0 ? [] : [counted(warnings, 'warning')]),
    `${count('ok')} fine`,
  ].join(', ');
}
