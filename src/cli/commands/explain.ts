import type { Command } from 'commander';
import { type ExplainedSetting, explainSettings } from '../../core/settings/explain.ts';
import { CommandFailure } from '../exitCode.ts';
import { textTable } from '../output/textTable.ts';
import type { Run } from '../run.ts';

export function addExplainCommand(program: Command, run: Run): void {
  program
    .command('explain')
    .description('show each setting, and where its value comes from')
    .action(async () => {
      const { settingsElsewhere } = run.context;
      if (settingsElsewhere !== undefined) throw new CommandFailure('failed', settingsElsewhere);
      const settings = explainSettings(await run.settings());
      const problems = settings.flatMap(({ problem }) => (problem === null ? [] : [problem]));
      const table = textTable(settings, COLUMNS, run.context.width);
      run.answer({
        json: settings,
        text: [table, ...(problems.length === 0 ? [] : ['', ...problems])].join('\n'),
        exit: problems.length === 0 ? 'done' : 'usage',
      });
    });
}

const COLUMNS = [
  { title: 'SETTING', value: ({ key }: ExplainedSetting) => key },
  { title: 'VALUE', value: valueInWords, isCut: true as const },
  { title: 'FROM', value: ({ origin }: ExplainedSetting) => origin },
];

function valueInWords({ value, problem, origin }: ExplainedSetting): string {
  if (problem !== null) return origin === 'default' ? '(missing, see below)' : '(wrong, see below)';
  if (value === null || (Array.isArray(value) && value.length === 0)) return '(not set)';
  return Array.isArray(value) ? value.join(', ') : String(value);
}
