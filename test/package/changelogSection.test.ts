import { expect, test } from 'vitest';
import { notesOf } from '../../scripts/changelogSection.ts';

const changelog = (unreleased: string): string =>
  `# Changelog\n\n## [Unreleased]\n${unreleased}\n## [0.2.0] - 2026-12-01\n\n### Added\n\n- New.\n\n## [0.1.0] - 2026-11-01\n\n- First.\n\n[0.1.0]: https://example.org\n`;

test('the notes of a version are its section', () => {
  expect(notesOf('0.2.0', changelog(''))).toBe('### Added\n\n- New.');
  expect(notesOf('0.1.0', changelog(''))).toBe('- First.');
});

test('notes that are pending, and a version without any, hold a release up', () => {
  expect(() => notesOf('0.2.0', changelog('\n- Pending.\n'))).toThrow(/notes under \[Unreleased\]/);
  expect(() => notesOf('0.3.0', changelog(''))).toThrow(/no section “## \[0\.3\.0\]/);
});
