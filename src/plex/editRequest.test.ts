import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ratingKey, sectionKey } from '../core/ids.ts';
import type { FieldEdit, ListEntry } from '../core/planning/plan.ts';
import { foldName } from '../core/text.ts';
import { editQueries, editTarget, MAX_QUERY_LENGTH } from './editRequest.ts';

const target = editTarget(sectionKey('2'), ratingKey('42'));
const title = (value: string): FieldEdit => ({ kind: 'text', field: 'title', value, lock: true });
const genres = (entries: readonly string[], remove: readonly string[] = []): FieldEdit => ({
  kind: 'list',
  field: 'genres',
  entries: entries.map((name) => ({ name })),
  remove,
  lock: true,
});

/** Reads a query as Plex does: parameters, then names to remove by comma, each decoded once more. */
function readAsPlex(query: string) {
  const parameters = query.split('&').map((pair): [string, string] => {
    const [name = '', ...rest] = pair.split('=');
    return [decodeURIComponent(name), decodeURIComponent(rest.join('='))];
  });
  const removed = parameters
    .filter(([name]) => name.endsWith('-'))
    .flatMap(([, names]) => names.split(',').map((name) => decodeURIComponent(name)));
  return { parameters, removed };
}

describe('the target of an edit', () => {
  test.each(['', ' ', 'all', '1,2', '-1', '1&id=2', '٣'])('cannot be the item %j', (key) => {
    expect(() => editTarget(sectionKey('2'), ratingKey(key))).toThrow('An edit needs the id of an item');
  });

  test.each(['', 'all', '../2', '2?'])('cannot be in the library %j', (key) => {
    expect(() => editTarget(sectionKey(key), ratingKey('42'))).toThrow('An edit needs the key of a library');
  });
});

describe('the query of an edit', () => {
  test('names type and item first, and locks what it sets', () => {
    expect(editQueries(target, [title('A & B = 100% «ok» +1')])).toEqual([
      'type=1&id=42&title.value=A%20%26%20B%20%3D%20100%25%20%C2%ABok%C2%BB%20%2B1&title.locked=1',
    ]);
  });

  test('clears a text by an empty value', () => {
    expect(editQueries(target, [{ kind: 'text', field: 'summary', value: '', lock: true }])).toEqual([
      'type=1&id=42&summary.value=&summary.locked=1',
    ]);
  });

  test('sets a list by index and removes the rest by name, encoded twice', () => {
    expect(editQueries(target, [genres(['Drama', 'Sci-Fi'], ['Probe, Tag', '100%'])])).toEqual([
      'type=1&id=42&genre.locked=1&genre%5B0%5D.tag.tag=Drama&genre%5B1%5D.tag.tag=Sci-Fi' +
        '&genre%5B%5D.tag.tag-=Probe%252C%2520Tag%2C100%2525',
    ]);
  });

  test('empties a list by removals alone', () => {
    expect(editQueries(target, [genres([], ['Drama'])])).toEqual([
      'type=1&id=42&genre.locked=1&genre%5B%5D.tag.tag-=Drama',
    ]);
  });

  test('sends people as actors, with the roles and photos that they have', () => {
    const entries: ListEntry[] = [
      { name: 'Jane', role: 'Herself', thumb: 'https://images.example/jane.jpg' },
      { name: 'John', role: '', thumb: '' },
    ];
    const [query = ''] = editQueries(target, [
      { kind: 'list', field: 'actors', entries, remove: [], lock: true },
    ]);
    expect(readAsPlex(query).parameters).toEqual([
      ['type', '1'],
      ['id', '42'],
      ['actor.locked', '1'],
      ['actor[0].tag.tag', 'Jane'],
      ['actor[0].tagging.text', 'Herself'],
      ['actor[0].tag.thumb', 'https://images.example/jane.jpg'],
      ['actor[1].tag.tag', 'John'],
    ]);
  });

  test('never removes what it also sets, in whatever spelling', () => {
    const [query = ''] = editQueries(target, [
      genres(['Outdoor'], ['OUTDOOR', ' outdoor', 'Indoor', 'Indoor']),
    ]);
    expect(readAsPlex(query).removed).toEqual(['Indoor']);
  });

  test('stays well-formed with half of a surrogate pair', () => {
    expect(editQueries(target, [title('a\ud83c')])).toEqual([
      'type=1&id=42&title.value=a%EF%BF%BD&title.locked=1',
    ]);
  });

  test('is none when there is nothing to edit', () => {
    expect(editQueries(target, [])).toEqual([]);
  });
});

describe('the length of queries', () => {
  const summary = (length: number): FieldEdit => ({
    kind: 'text',
    field: 'summary',
    value: 'x'.repeat(length),
    lock: true,
  });

  test('splits edits that do not fit together, and fills what has room', () => {
    const queries = editQueries(target, [
      title('A'),
      summary(7_590),
      { kind: 'text', field: 'studio', value: 'S', lock: true },
    ]);
    expect(queries).toEqual([
      'type=1&id=42&title.value=A&title.locked=1&studio.value=S&studio.locked=1',
      expect.stringMatching(/^type=1&id=42&summary\.value=x+&summary\.locked=1$/),
    ]);
  });

  test('fills a request to the last character and no further', () => {
    const room =
      MAX_QUERY_LENGTH - 'type=1&id=42&title.value=A&title.locked=1&summary.value=&summary.locked=1'.length;
    expect(editQueries(target, [title('A'), summary(room)])).toHaveLength(1);
    expect(editQueries(target, [title('A'), summary(room + 1)])).toHaveLength(2);
  });

  test('leaves a field that is too long alone in one, and whole', () => {
    const queries = editQueries(target, [title('A'), summary(10_000)]);
    expect(queries.map((query) => query.length > MAX_QUERY_LENGTH)).toEqual([false, true]);
  });
});

/** Short and of few characters, so that names meet each other, and all that has a meaning in URLs. */
const name = fc.string({
  unit: fc.constantFrom(
    'a',
    'A',
    'É',
    'é',
    ' ',
    ',',
    '%',
    '2',
    'C',
    '&',
    '=',
    '+',
    '#',
    '[',
    '-',
    '🎬',
    '\ud83c',
  ),
  minLength: 1,
  maxLength: 3,
});
const names = fc.uniqueArray(name, { selector: foldName, maxLength: 40 });
const list = (field: 'genres' | 'actors') =>
  fc.record({
    kind: fc.constant('list' as const),
    field: fc.constant(field),
    entries: names.map((all) => all.map((each): ListEntry => ({ name: each }))),
    remove: fc.array(name, { maxLength: 20 }),
    lock: fc.boolean(),
  });
const text = (field: 'title' | 'studio' | 'summary') =>
  fc.record({
    kind: fc.constant('text' as const),
    field: fc.constant(field),
    value: fc.string({ maxLength: 600 }),
    lock: fc.boolean(),
  });
const edits: fc.Arbitrary<readonly FieldEdit[]> = fc
  .tuple(text('title'), text('studio'), text('summary'), list('genres'), list('actors'))
  .chain((all) => fc.shuffledSubarray(all));

describe('whatever is edited', () => {
  test('every request names type and exactly one item, and is plain ASCII without spaces', () => {
    fc.assert(
      fc.property(edits, (some) => {
        for (const query of editQueries(target, some)) {
          expect(query).toMatch(/^type=1&id=42&[A-Za-z0-9%&=._~-]+$/);
          expect(readAsPlex(query).parameters.filter(([key]) => key === 'id')).toEqual([['id', '42']]);
        }
      }),
    );
  });

  test('Plex reads the same values and names, each field locked and in one request', () => {
    fc.assert(
      fc.property(edits, (some) => {
        const requests = editQueries(target, some).map(readAsPlex);
        const parameters = requests.flatMap((request) => request.parameters);
        for (const edit of some) {
          if (edit.kind === 'text') {
            expect(parameters).toContainEqual([`${edit.field}.value`, edit.value.toWellFormed()]);
            expect(parameters).toContainEqual([`${edit.field}.locked`, edit.lock ? '1' : '0']);
            continue;
          }
          const field = edit.field === 'genres' ? 'genre' : 'actor';
          const own = requests.filter((request) => request.parameters.some(([key]) => key.startsWith(field)));
          expect(own).toHaveLength(1);
          const sent = parameters.filter(([key]) => key.startsWith(`${field}[`) && key.endsWith('.tag.tag'));
          expect(sent).toEqual(
            edit.entries.map((entry, index) => [`${field}[${index}].tag.tag`, entry.name.toWellFormed()]),
          );
        }
      }),
    );
  });

  test('Plex removes what is unwanted and nothing that is sent', () => {
    fc.assert(
      fc.property(list('genres'), (edit) => {
        const [query = ''] = editQueries(target, [edit]);
        const kept = new Set(edit.entries.map((entry) => foldName(entry.name)));
        const unwanted = new Set(edit.remove.filter((each) => !kept.has(foldName(each))));
        expect(readAsPlex(query).removed).toEqual([...unwanted].map((each) => each.toWellFormed()));
      }),
    );
  });

  test('a request is longer than allowed only when it carries one field', () => {
    fc.assert(
      fc.property(edits, (some) => {
        for (const query of editQueries(target, some)) {
          const fields = query.match(/\.locked=1/g) ?? [];
          expect(query.length <= MAX_QUERY_LENGTH || fields.length === 1).toBe(true);
        }
      }),
    );
  });
});
