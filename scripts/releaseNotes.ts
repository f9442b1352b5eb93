import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from './bundleScript.ts';
import { notesOf } from './changelogSection.ts';
import { readRelease } from './readRelease.ts';

/** Prints what CHANGELOG.md says of the version that a tag names; refuses a tag that is not that of this version. */
const [tag = ''] = process.argv.slice(2);
const { version } = await readRelease();
if (tag !== `v${version}`) throw new Error(`The tag is “${tag}”, and package.json says ${version}.`);
console.log(notesOf(version, await readFile(join(ROOT, 'CHANGELOG.md'), 'utf8')));
