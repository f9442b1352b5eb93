import { diagnoseClosed } from '../../core/doctor/diagnoseClosed.ts';
import type { Finding } from '../../core/doctor/finding.ts';
import { withFolderHidden, withPathHidden } from './hidePaths.ts';
import { lookAtHost } from './lookAtHost.ts';

/** When nothing can be opened: what can be told without, and `why` it cannot. */
export async function examineClosed(request: {
  readonly dataDir: string;
  readonly why: string;
  readonly hidesPaths: boolean;
}): Promise<readonly Finding[]> {
  const { dataDir, why, hidesPaths } = request;
  const { node, folder } = await lookAtHost(dataDir);
  if (!hidesPaths) return diagnoseClosed({ node, folder, why });
  return diagnoseClosed({ node, folder: withFolderHidden(folder), why }).map(withPathHidden);
}
