import { expect, test } from 'vitest';
import { photoOf, photoProblem } from './performerPhoto.ts';
import { entities } from './testing/samples.ts';

test.each([
  ['http://photos.example.org/{id}.jpg', /begins with https/],
  ['photos/{id}.jpg', /begins with https/],
  ['https://localhost/{id}', /not a public one/],
  ['https://stash.local/{id}', /not a public one/],
  ['https://nas/{id}', /not a public one/],
  ['https://192.168.1.20:9999/performer/{id}/image', /not a public one/],
  ['https://10.0.0.1/{id}', /not a public one/],
  ['https://172.20.0.1/{id}', /not a public one/],
  ['https://[::1]/{id}', /not a public one/],
  ['https://{performer}.example.org/a.jpg', /the same for all performers/],
  ['https://10.0.0.{id}/{performer}.jpg', /the same for all performers/],
  ['https://a.example.org{performer}/a.jpg', /the same for all performers/],
  ['https://stash.example.org/performer/{id}/image?apikey=abc', /API key/],
  ['https://photos.example.org/{title}.jpg', /\{title\} is not known here; known: performer, id/],
])('%s is no address of photos for Plex', (template, problem) => {
  expect(photoProblem(template) ?? 'nothing').toMatch(problem);
});

test('a public one is, and so is none', () => {
  expect(photoProblem('https://photos.example.org/{performer}.jpg?size=200')).toBeNull();
  expect(photoProblem('https://172.32.0.1/{id}')).toBeNull();
  expect(photoProblem('')).toBeNull();
});

test('the name goes encoded into the address', () => {
  const [performer] = entities(['Zoë Quill/2']);
  if (performer === undefined) throw new Error('no performer');
  expect(photoOf(performer, 'https://p.example/{id}/{performer}.jpg')).toBe(
    'https://p.example/1/Zo%C3%AB%20Quill%2F2.jpg',
  );
});

test('half a character in a name is no reason to fail', () => {
  const [performer] = entities(['a\ud800']);
  if (performer === undefined) throw new Error('no performer');
  expect(photoOf(performer, 'https://p.example/{performer}.jpg')).toBe('https://p.example/a%EF%BF%BD.jpg');
});
