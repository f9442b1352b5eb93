import { type Command, Option } from 'commander';
import { FAILURE_CLASSES, type FailureClass } from '../core/failure.ts';
import type { Subject } from '../core/scene.ts';
import type { DeadSelection } from '../store/port.ts';
import { parseSubjects } from './arguments.ts';
import { CommandFailure } from './exitCode.ts';

export interface DeadOptions {
  readonly all?: true;
  readonly kind?: FailureClass;
}

/** The ways in which a command is told which dead letters are meant; {@link selectionOf} reads them. */
export const takeDeadSelection = (command: Command): Command =>
  command
    .argument('[ids...]', 'scenes by their id, others as tag:7', parseSubjects, [])
    .option('--all', 'all of them')
    .addOption(new Option('--kind <kind>', 'all of one kind').choices(FAILURE_CLASSES));

export function selectionOf(subjects: readonly Subject[], { all, kind }: DeadOptions): DeadSelection {
  const ways = [subjects.length > 0, all === true, kind !== undefined].filter(Boolean).length;
  if (ways !== 1) throw new CommandFailure('usage', 'Say which dead letters: ids, --all, or --kind <kind>.');
  if (kind !== undefined) return { kind: 'class', class: kind };
  return all === true ? { kind: 'all' } : { kind: 'subjects', subjects };
}
