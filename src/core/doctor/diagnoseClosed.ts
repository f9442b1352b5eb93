import type { Finding } from './finding.ts';
import * as host from './hostFindings.ts';

/** When nothing could be opened: only what can be told without. */
export const diagnoseClosed = (facts: {
  readonly node: host.NodeFacts;
  readonly folder: host.FolderFacts;
  readonly why: string;
}): readonly Finding[] => [
  host.nodeFinding(facts.node),
  ...host.folderFindings(facts.folder),
  host.startFinding(facts.why),
];
