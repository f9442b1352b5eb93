import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { bundle } from './bundle.ts';
import { ROOT } from './bundleScript.ts';

/**
 * The folder that becomes the npm package `plexsync`: the one bundled file, so that nothing else is installed with it.
 * It is a program, with nothing to import, so it has no types and no exports.
 */
export async function packNpm(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await bundle(folder);
  const source = v.parse(SourceSchema, JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')));
  const packed = {
    ...source,
    type: 'commonjs',
    keywords: ['plex', 'stash', 'metadata', 'sync'],
    bin: { plexsync: 'plexsync.cjs' },
    // npm adds package.json, README.md and LICENSE by itself.
    files: ['plexsync.cjs', 'THIRD_PARTY_LICENSES'],
  };
  await writeFile(join(folder, 'package.json'), `${JSON.stringify(packed, null, 2)}\n`);
  await writeFile(join(folder, 'README.md'), readme(source));
  await copyFile(join(ROOT, 'LICENSE'), join(folder, 'LICENSE'));
}

const SourceSchema = v.object({
  name: v.string(),
  version: v.string(),
  description: v.string(),
  license: v.string(),
  homepage: v.exactOptional(v.string()),
  repository: v.exactOptional(v.union([v.string(), v.object({ type: v.string(), url: v.string() })])),
  engines: v.object({ node: v.string() }),
});

const readme = ({ description, engines }: v.InferOutput<typeof SourceSchema>): string => `# PlexSync

${description}

This package is the service and its command line. It needs Node.js ${engines.node} and nothing else:

\`\`\`sh
npm install --global plexsync
plexsync setup      # asks for all that is needed, and saves it
plexsync serve      # runs until it is told to end
plexsync --help
\`\`\`

PlexSync is free software under the GNU AGPL 3.0 (LICENSE); what it includes of others is in THIRD_PARTY_LICENSES. It
is not affiliated with Plex or Stash.
`;
