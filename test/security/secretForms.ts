import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Long enough that a part of it this long is no accident, and says enough to guess the rest. */
const PART_LENGTH = 10;

/** How a secret might stand somewhere: as it is, encoded, in base64 at any offset, in hex, backwards, or in part. */
function formsOf(secret: string): ReadonlyMap<string, string> {
  const bytes = Buffer.from(secret);
  const forms = new Map<string, string>();
  const add = (what: string, text: string): void => {
    if (text.length >= PART_LENGTH) forms.set(text, what);
  };
  for (let at = 0; at + PART_LENGTH <= secret.length; at++) add('a part', secret.slice(at, at + PART_LENGTH));
  add('base64', bytes.toString('base64').replace(/=+$/, ''));
  add('base64url', bytes.toString('base64url'));
  // Within a longer text, such as user:password, it begins one or two bytes later, and its ends are others’.
  for (const before of [1, 2]) {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    add('base64 within a text', text.slice(4, text.replace(/=+$/, '').length - 2));
  }
  add('hex', bytes.toString('hex'));
  add('backwards', [...secret].reverse().join(''));
  add('URL form', encodeURIComponent(secret));
  add('URL form, twice', encodeURIComponent(encodeURIComponent(secret)));
  add('form data', new URLSearchParams({ a: secret }).toString().slice(2));
  add('JSON', JSON.stringify(secret).slice(1, -1));
  add('HTML', secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;'));
  add('UTF-16', bytes.toString('latin1').split('').join('\0'));
  return forms;
}

/** A sentence for each secret that stands in a text, without the secret: by its name and its form. */
export function secretsIn(text: string, secrets: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(secrets).flatMap(([name, secret]) => {
    const found = [...formsOf(secret)].find(
      ([form]) => text.includes(form) || text.toLowerCase().includes(form.toLowerCase()),
    );
    return found === undefined ? [] : [`${name} (${found[1]})`];
  });
}

/** The same of all files below a folder, but those that are to hold secrets. */
export function secretsBelow(
  folder: string,
  secrets: Readonly<Record<string, string>>,
  isKeptSecret: (name: string) => boolean = () => false,
): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .filter((name) => !isKeptSecret(name))
    .flatMap((name) => {
      const text = readFileSync(path.join(folder, name), 'latin1');
      return secretsIn(text, secrets).map((words) => `${name}: ${words}`);
    });
}
