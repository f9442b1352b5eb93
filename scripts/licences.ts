import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The licence texts of the packages that these files of node_modules belong to. */
export async function licencesOf(inputs: readonly string[]): Promise<string> {
  const folders = [...new Set(inputs.map(packageFolder).filter((folder) => folder !== null))].sort();
  const texts = await Promise.all(folders.map(licenceOf));
  return `PlexSync includes these packages.\n\n${texts.join('\n\n')}\n`;
}

/** Licences whose terms a program under the AGPL 3.0 can keep. */
export const FITTING: ReadonlySet<string> = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'ISC',
  'MIT',
]);

const packageFolder = (path: string): string | null =>
  /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path)?.[0] ?? null;

async function licenceOf(folder: string): Promise<string> {
  const { name, version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
    license: string;
  };
  if (!FITTING.has(license)) throw new Error(`${name} ${version} is under ${license}: may it be bundled?`);
  const files = (await readdir(folder)).filter((file) => /^(licen[cs]e|notice)/i.test(file)).sort();
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  const heading = `${name} ${version} (${license})`;
  return [heading, '='.repeat(heading.length), ...texts.map((text) => text.trim())].join('\n');
}
