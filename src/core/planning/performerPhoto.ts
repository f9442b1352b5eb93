import type { NamedEntity } from '../scene.ts';
import { fillWords, templateProblem } from './template.ts';

/**
 * Hosts that nobody outside reaches. Plex refuses to fetch from them (since 1.43.5, plex reference §3.3), and an
 * address of Stash would carry its API key into Plex.
 */
const PRIVATE_HOST =
  /^(?:localhost|.*\.(?:local|lan|home|internal|localhost)|\[.*\]|(?:0|10|127)\..*|192\.168\..*|169\.254\..*|172\.(?:1[6-9]|2\d|3[01])\..*|[^.]+)$/i;

/** What is wrong with a template of photos, in words; null: nothing. */
export function photoProblem(template: string): string | null {
  if (template === '') return null;
  const problem = templateProblem(template, ['performer', 'id']);
  if (problem !== null) return problem;
  // Whoever names a performer in Stash must not choose where Plex asks.
  if (/^https:\/\/[^/?#\\]*\{/.test(template)) return 'the host has to be the same for all performers';
  const url = template.replace(/\{[^{}]*\}/g, 'x');
  if (!url.startsWith('https://') || URL.parse(url) === null)
    return 'an address that begins with https:// is needed';
  if (PRIVATE_HOST.test(new URL(url).hostname)) return 'the address is not a public one';
  return /[?&]apikey=/i.test(url) ? 'an API key must not go to Plex' : null;
}

/** Address of a performer's photo; empty when none is wanted. */
export const photoOf = ({ id, name }: NamedEntity, template: string): string =>
  fillWords(template, (word) =>
    word === 'performer' ? encodeURIComponent(name.toWellFormed()) : word === 'id' ? id : '',
  );
