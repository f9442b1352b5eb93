import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const folder = new URL('./', import.meta.url);
const sources = readdirSync(folder).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));

test.each(sources)('%s cannot delete media, empty the trash or touch files', (name) => {
  const source = readFileSync(new URL(name, folder), 'utf8');
  expect(source).not.toMatch(/\bDELETE\b|emptyTrash|\/media\/|\/unmatch|\/merge|\/split/i);
});

test('the one thing that Plex is made to do is to look into one folder', () => {
  const text = (name: string): string => readFileSync(new URL(name, folder), 'utf8');
  expect(sources.filter((name) => /\.start\(/.test(text(name)))).toEqual(['createPlexClient.ts']);
  const asked = sources.flatMap((name) => text(name).match(/\.start\(.*/g) ?? []);
  expect(asked).toEqual([expect.stringContaining('/refresh?path=${encodeURIComponent(folder)}`')]);
  expect(sources.filter((name) => /\/refresh\b(?!\?path=)|force=/.test(text(name)))).toEqual([]);
});

test('there is one place that edits, and it edits single items', () => {
  const editing = sources.filter((name) => /'PUT'|'POST'/.test(readFileSync(new URL(name, folder), 'utf8')));
  expect(editing).toEqual(['askPlex.ts']);
  const callers = sources.filter((name) =>
    /\.(put|post)\(/.test(readFileSync(new URL(name, folder), 'utf8')),
  );
  expect(callers.toSorted()).toEqual(['createPlexClient.ts', 'images.ts']);
});
