/** The section of a version, without its heading. Notes that are still pending hold a release up. */
export function notesOf(version: string, changelog: string): string {
  const sections = changelog.split(/^## /m).slice(1);
  const [pending = ''] = sections.filter((section) => section.startsWith('[Unreleased]'));
  if (bodyOf(pending) !== '') throw new Error('CHANGELOG.md has notes under [Unreleased]: name the version.');
  const own = sections.find((section) => section.startsWith(`[${version}] - `));
  if (own === undefined) throw new Error(`CHANGELOG.md has no section “## [${version}] - <date>”.`);
  return bodyOf(own);
}

/** Without its first line, and without the links that follow the last section. */
const bodyOf = (section: string): string =>
  section
    .replace(/^.*\n?/, '')
    .replace(/^\[[^\]]+\]: .*$/gm, '')
    .trim();
