import { bytesInWords, durationInWords } from '../quantityInWords.ts';
import { isNetwork } from './fileSystem.ts';
import { type Finding, fine, problem, warning } from './finding.ts';

/** Of the machine that PlexSync runs on, and what it keeps there. */

export function settingsFindings(problems: readonly string[]): readonly Finding[] {
  if (problems.length === 0) return [fine('Settings', 'complete')];
  return problems.map((found) => problem('Settings', found, 'Correct this setting.'));
}

/** `path`: of a file with a token or a key that others may read; null: of none. */
export const settingsFileFindings = (path: string | null): readonly Finding[] =>
  path === null
    ? []
    : [
        warning(
          'Settings file',
          `${path} holds a secret, and other users of this machine can read it.`,
          `Make it yours alone: chmod 600 ${path}`,
        ),
      ];

export interface NodeFacts {
  /** As Node tells it: `v24.21.0`. */
  readonly version: string;
  readonly sqlite: string;
  /** What is to be known of this SQLite; null when nothing is. */
  readonly sqliteWarning: string | null;
}

export function nodeFinding({ version, sqlite, sqliteWarning }: NodeFacts): Finding {
  if (sqliteWarning === null) return fine('Node.js', `${version}, with SQLite ${sqlite}`);
  return warning('Node.js', `${version}: ${sqliteWarning}`, 'Install a newer Node.js, 24 or later.');
}

export interface FolderFacts {
  readonly path: string;
  /** Why nothing can be written there; null when it can. */
  readonly refusal: string | null;
  /** Null where the system does not tell. */
  readonly freeBytes: number | null;
  readonly databaseBytes: number;
  readonly fileSystem: string | null;
  /** Files that hold secrets or titles and that other users of the machine may read. */
  readonly openFiles: readonly string[];
}

/** Below this not even a busy hour fits: the log of the database alone may grow to 64 MB. */
const FULL_BYTES = 100e6;
const LITTLE_BYTES = 500e6;

/** One line of what is well, or one for each thing that is not. */
export function folderFindings(facts: FolderFacts): readonly Finding[] {
  const { path, refusal, freeBytes, fileSystem } = facts;
  const found = [
    ...refusalFinding(facts),
    ...spaceFinding(facts),
    ...networkFinding(facts),
    ...openFinding(facts),
  ];
  if (found.length > 0) return found;
  const about = [
    ...(refusal === null ? ['writable'] : []),
    ...(freeBytes === null ? [] : [`${bytesInWords(freeBytes)} free`]),
    ...(fileSystem === null ? [] : [fileSystem]),
  ];
  return [fine(FOLDER, `${path}: ${about.join(', ')}`)];
}

const FOLDER = 'Data folder';

const refusalFinding = ({ path, refusal }: FolderFacts): readonly Finding[] =>
  refusal === null
    ? []
    : [
        problem(
          FOLDER,
          `${path} cannot be written to (${refusal}).`,
          'Make it writable for the user that PlexSync runs as, or set data_dir to another folder.',
        ),
      ];

function spaceFinding({ path, freeBytes, databaseBytes }: FolderFacts): readonly Finding[] {
  if (freeBytes === null) return [];
  const found = `Only ${bytesInWords(freeBytes)} are free in ${path}.`;
  if (freeBytes < FULL_BYTES)
    return [problem(FOLDER, found, 'Free some space on that disk: soon nothing more can be saved.')];
  if (freeBytes >= Math.max(LITTLE_BYTES, databaseBytes)) return [];
  return [
    warning(FOLDER, found, 'Free some space on that disk: an update of PlexSync first copies its database.'),
  ];
}

const networkFinding = ({ path, fileSystem }: FolderFacts): readonly Finding[] =>
  fileSystem === null || !isNetwork(fileSystem)
    ? []
    : [
        warning(
          FOLDER,
          `${path} lies on a network file system (${fileSystem}), where a database can be damaged.`,
          'Set data_dir to a folder on a disk of this machine.',
        ),
      ];

const openFinding = ({ openFiles }: FolderFacts): readonly Finding[] =>
  openFiles.length === 0
    ? []
    : [
        warning(
          FOLDER,
          `Other users of this machine can read ${openFiles.join(', ')}.`,
          `Make it yours alone: chmod 600 ${openFiles.join(' ')}`,
        ),
      ];

export interface DatabaseFacts {
  readonly bytes: number;
  readonly damage: string | null;
  readonly parts: number;
  readonly examined: number;
}

export function databaseFinding({ bytes, damage, parts, examined }: DatabaseFacts): Finding {
  const size = bytesInWords(bytes);
  if (damage !== null) {
    return problem(
      'Database',
      `It is damaged: ${damage}`,
      'Stop PlexSync, move plexsync.db with its -wal and -shm files away, and copy the newest file of the folder backups to its place; docs/troubleshoot.md has the steps.',
    );
  }
  const extent =
    examined === parts ? 'sound' : `sound as far as time allowed, ${examined} of ${parts} tables`;
  return fine('Database', `${extent}, ${size}`);
}

/** `pid` null: none runs. `since`: epoch ms. */
export function daemonFinding(
  daemon: { readonly pid: number; readonly since: number } | null,
  now: number,
): Finding {
  if (daemon !== null)
    return fine('Daemon', `process ${daemon.pid}, running for ${durationInWords(now - daemon.since)}`);
  return warning(
    'Daemon',
    'None runs: what is edited waits until one does.',
    'Start it with `plexsync serve`.',
  );
}

export const startFinding = (why: string): Finding =>
  problem('Start', why, 'Do that, and run doctor again: what else there is could not be looked at.');
