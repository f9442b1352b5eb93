import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { FOLDERS, type Folder, MAY_IMPORT } from '../../scripts/folders.ts';
import { codeAlone } from './codeAlone.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const LONGEST_FILE = 400;
/** Names that tell nothing, and barrels, which hide what is used. */
const BANNED_NAMES =
  /^(utils?|helpers?|common|misc|shared|lib|types|interfaces|constants|index|.*Manager|.*Helpers?|.*Utils?)\.ts$/;

interface SourceFile {
  /** From the root, with slashes. */
  readonly path: string;
  readonly text: string;
  /** Files of ours that it imports, from the root. */
  readonly imports: readonly string[];
}

const files = ['src', 'simulator', 'test', 'scripts', 'bench', 'demo'].flatMap(filesBelow).map(readSource);
const isTest = ({ path }: SourceFile): boolean =>
  /\.test\.ts$|\/testing\/|\/conformance(\/|\.ts$)/.test(path);
const production = files.filter((file) => !isTest(file));

function filesBelow(folder: string): readonly string[] {
  try {
    return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts'))
      .map((path) => [folder, ...path.split(sep)].join('/'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

function readSource(path: string): SourceFile {
  const text = readFileSync(join(ROOT, path), 'utf8');
  const specifiers = [...text.matchAll(/(?:\bfrom\s*|\bimport\s*\(?\s*)'(\.[^']+)'/g)].map(
    (match) => match[1] ?? '',
  );
  return {
    path,
    text,
    imports: specifiers.map((specifier) =>
      relative(ROOT, join(ROOT, dirname(path), specifier))
        .split(sep)
        .join('/'),
    ),
  };
}

const folderOf = (path: string): string => path.split('/')[1] ?? '';

/** `src/core/a.ts imports src/store/b.ts`, for each import that the table does not allow. */
const forbidden = (of: Folder): readonly string[] =>
  production
    .filter(({ path }) => path.startsWith(`src/${of}/`))
    .flatMap(({ path, imports }) =>
      imports.filter((target) => !isAllowed(of, target)).map((target) => `${path} imports ${target}`),
    );

function isAllowed(from: Folder, target: string): boolean {
  const allowed: readonly string[] = MAY_IMPORT[from];
  return target.startsWith('src/') && (folderOf(target) === from || allowed.includes(folderOf(target)));
}

describe('what each folder of src imports', () => {
  test.each(FOLDERS)('src/%s', (folder) => {
    expect(forbidden(folder)).toEqual([]);
  });

  test('every folder of src is in the table', () => {
    const found = new Set(
      files.filter(({ path }) => path.startsWith('src/')).map(({ path }) => folderOf(path)),
    );
    expect([...found].filter((folder) => !Object.hasOwn(MAY_IMPORT, folder))).toEqual([]);
  });

  test('nothing that runs imports tests and what only tests need', () => {
    const strays = production
      .filter(({ path }) => path.startsWith('src/'))
      .flatMap(({ path, imports }) =>
        imports
          .filter((target) => /\.test\.ts$|\/testing\//.test(target))
          .map((target) => `${path} imports ${target}`),
      );
    expect(strays).toEqual([]);
  });

  test('the simulators know nothing of our code: they must not share our mistakes', () => {
    const strays = production
      .filter(({ path }) => path.startsWith('simulator/'))
      .flatMap(({ path, imports }) =>
        imports.filter((target) => target.startsWith('src/')).map((target) => `${path} imports ${target}`),
      );
    expect(strays).toEqual([]);
  });

  test('a forbidden import would be seen', () => {
    expect(files.find(({ path }) => path === 'src/cli/start.ts')?.imports).toContain(
      'src/engine/inProcess.ts',
    );
    expect(isAllowed('core', 'src/store/port.ts')).toBe(false);
    expect(isAllowed('engine', 'simulator/plex/main.ts')).toBe(false);
    expect(isAllowed('engine', 'src/store/port.ts')).toBe(true);
  });
});

describe('src/core is pure', () => {
  const core = production.filter(({ path }) => path.startsWith('src/core/'));

  test.each([
    ['waits for nothing', /\bawait\b|\basync\b|\bPromise\b/],
    ['reads no clock', /\bDate\.now\b|\bnew Date\(\)|\bperformance\b/],
    ['draws no random numbers', /\bMath\.random\b|\brandomUUID\b/],
    ['knows no environment', /\bprocess\b/],
    ['imports nothing of Node', /from 'node:/],
  ])('it %s', (_, pattern) => {
    const strays = core.filter(({ text }) => pattern.test(codeAlone(text))).map(({ path }) => path);
    expect(strays).toEqual([]);
  });
});

test('no file is longer than 400 lines', () => {
  const long = files.filter(({ text }) => text.split('\n').length - 1 > LONGEST_FILE).map(({ path }) => path);
  expect(long).toEqual([]);
});

test('every file is named for what it exports, and there are no barrels', () => {
  expect(files.map(({ path }) => path).filter((path) => BANNED_NAMES.test(basename(path)))).toEqual([]);
});
