import { expect, test } from 'vitest';
import { entityId, sceneId } from './ids.ts';
import { ENTITY_KINDS, type Subject, sceneSubject, wholeLibrary } from './scene.ts';
import { nameOfSubject, subjectNamed } from './subjectNamed.ts';

test.each<Subject>([
  sceneSubject(sceneId('42')),
  ...ENTITY_KINDS.map((kind): Subject => ({ kind, id: entityId('7') })),
])('%j is found by its name', (subject) => {
  expect(subjectNamed(nameOfSubject(subject) ?? '')).toEqual(subject);
});

test('a scene may be named in full, all scenes have no name', () => {
  expect(subjectNamed('scene:42')).toEqual(sceneSubject(sceneId('42')));
  expect(nameOfSubject(wholeLibrary)).toBeNull();
});

test.each(['', '0', 'x', 'tag:', 'tag:0', 'library:7', 'library:all', 'tag:7 ', 'Tag:7'])(
  '%j names nothing',
  (text) => {
    expect(subjectNamed(text)).toBeNull();
  },
);
