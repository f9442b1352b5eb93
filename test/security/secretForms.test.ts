import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../src/store/sqlite/testing/temporaryFolder.ts';
import { secretsBelow, secretsIn } from './secretForms.ts';

const SECRET = 'tok-Zq81/plex+secret';
const secrets = { token: SECRET };

test.each([
  ['as it is', `a ${SECRET} b`],
  ['in another case', SECRET.toUpperCase()],
  ['in part, as where a line is cut', `…${SECRET.slice(0, 12)}`],
  ['in a URL', `http://a/?t=${encodeURIComponent(SECRET)}`],
  ['in base64', Buffer.from(SECRET).toString('base64')],
  ['in basic sign-in', Buffer.from(`me:${SECRET}`).toString('base64')],
  ['in basic sign-in of a longer name', Buffer.from(`somebody:${SECRET}`).toString('base64')],
  ['in hex', Buffer.from(SECRET).toString('hex')],
  ['as JSON', JSON.stringify({ deep: { t: SECRET } })],
])('a secret is found %s', (_, text) => {
  expect(secretsIn(text, secrets)).toHaveLength(1);
  expect(secretsIn(text, secrets).join()).not.toContain(SECRET);
});

test('what is none is not found', () => {
  expect(secretsIn('a token of Plex, plex_token, [redacted], secret', secrets)).toEqual([]);
});

test('files are looked through at any depth, but those that are to hold secrets', () => {
  const folder = temporaryFolder();
  mkdirSync(path.join(folder, 'a/b'), { recursive: true });
  writeFileSync(path.join(folder, 'a/b/log'), `x ${SECRET}`);
  writeFileSync(path.join(folder, 'settings.json'), SECRET);
  expect(secretsBelow(folder, secrets, (name) => name === 'settings.json')).toEqual([
    expect.stringMatching(/^a.b.log: token/),
  ]);
});
