import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { bundle } from '../../../scripts/bundle.ts';
import { bundleScript, FOR_NODE } from '../../../scripts/bundleScript.ts';

/** One file each, since they start in a third of the time that the sources take, hundreds of times. */
export interface Bundles {
  /** What users run. */
  readonly plexsync: string;
  /** The daemon with the places where it can be killed, and with a clock that can be set (test/crash). */
  readonly killable: string;
}

export async function makeBundles(folder: string): Promise<Bundles> {
  const { file } = await bundle(folder);
  const killable = path.join(folder, 'killable.cjs');
  const { bytes } = await bundleScript('test/crash/daemonUnderTest.ts', { ...FOR_NODE, dropLabels: [] });
  writeFileSync(killable, bytes);
  return { plexsync: file, killable };
}
