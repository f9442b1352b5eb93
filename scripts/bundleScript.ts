import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build } from 'esbuild';
import { packageVersion } from '../src/engine/packageVersion.ts';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));

type BundleOptions = Pick<
  BuildOptions,
  'platform' | 'format' | 'target' | 'define' | 'banner' | 'minify' | 'dropLabels'
>;

export interface BundledScript {
  readonly bytes: Uint8Array;
  /** All files that are in it, as absolute paths. */
  readonly inputs: readonly string[];
}

/** Makes one file of the script and of all that it imports, the same for the same sources. */
export async function bundleScript(entry: string, options: BundleOptions): Promise<BundledScript> {
  const { metafile, outputFiles } = await build({
    absWorkingDir: ROOT,
    entryPoints: [entry],
    bundle: true,
    legalComments: 'eof',
    charset: 'utf8',
    // Not from tsconfig.json, which the Docker build does not have: its `strict` shows in the output.
    tsconfigRaw: { compilerOptions: { strict: true, verbatimModuleSyntax: true } },
    metafile: true,
    write: false,
    logLevel: 'warning',
    ...options,
  });
  const [output] = outputFiles;
  if (output === undefined) throw new Error(`esbuild made nothing of ${entry}`);
  return { bytes: output.contents, inputs: Object.keys(metafile.inputs).map((input) => join(ROOT, input)) };
}

/** For Node, with nothing beside it. A bundle has its version inside and no files of the sources around it. */
export const FOR_NODE = {
  platform: 'node',
  format: 'cjs',
  target: 'node22',
  // The places where tests kill a daemon (src/engine/crashStep.ts) are not in what users run.
  dropLabels: ['CRASH_STEP'],
  define: { PLEXSYNC_VERSION: JSON.stringify(packageVersion()), 'import.meta.url': '""' },
} as const satisfies BundleOptions;
