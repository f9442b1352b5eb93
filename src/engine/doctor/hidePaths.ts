import type { DoctorFacts } from '../../core/doctor/diagnose.ts';
import type { Finding } from '../../core/doctor/finding.ts';
import type { FolderFacts } from '../../core/doctor/hostFindings.ts';
import { hidePath, hidePaths } from '../../log/hidePaths.ts';

/** For `obfuscate_paths`. Where a fact is a path and nothing else it is hidden whole, spaces and all. */
export const withPathsHidden = (facts: DoctorFacts): DoctorFacts => ({
  ...facts,
  folder: withFolderHidden(facts.folder),
  matching: {
    ...facts.matching,
    pathMaps: facts.matching.pathMaps.map(({ from, to, ...map }) => ({
      ...map,
      from: hidePath(from),
      to: hidePath(to),
    })),
  },
});

export const withFolderHidden = (folder: FolderFacts): FolderFacts => ({
  ...folder,
  path: hidePath(folder.path),
  openFiles: folder.openFiles.map(hidePath),
});

/** What is left: messages of failures. */
export const withPathHidden = (finding: Finding): Finding => ({
  ...finding,
  found: hidePaths(finding.found),
  advice: finding.advice === null ? null : hidePaths(finding.advice),
});
