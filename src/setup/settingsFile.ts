import { readFile, stat } from 'node:fs/promises';
import { fail, type Result, succeed } from '../core/result.ts';
import { visibleText } from '../core/visibleText.ts';

/** The settings in a file; null when there is none. The problem never quotes the file: it holds secrets. */
export async function readSettingsFile(
  path: string,
): Promise<Result<Record<string, unknown> | null, string>> {
  const text = await readText(path);
  if (!text.ok || text.value === null) return text.ok ? succeed(null) : text;
  try {
    const values: unknown = JSON.parse(text.value);
    if (typeof values === 'object' && values !== null && !Array.isArray(values))
      return succeed({ ...values });
    return fail(
      `${path}: found ${Array.isArray(values) ? 'a list' : typeof values}; allowed: a JSON object of settings.`,
    );
  } catch (error) {
    return fail(`${path} is no valid JSON${whereOf(error)}.`);
  }
}

/** Whether other users of this machine can read it; Windows has no such modes. */
export async function isOpenToOthers(path: string): Promise<boolean> {
  if (process.platform === 'win32') return false;
  try {
    return ((await stat(path)).mode & 0o077) !== 0;
  } catch {
    return false;
  }
}

async function readText(path: string): Promise<Result<string | null, string>> {
  try {
    const text = await readFile(path, 'utf8');
    // Editors on Windows begin a file with a byte order mark, which JSON does not know.
    return succeed(text.replace(/^\ufeff/u, ''));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    return code === 'ENOENT' ? succeed(null) : fail(`${path} cannot be read (${code}).`);
  }
}

/** V8 tells the place, or only the sign that it met; what it quotes besides is left out. */
function whereOf(error: unknown): string {
  const message = error instanceof Error ? error.message : '';
  const place = /\(line (\d+) column (\d+)\)/u.exec(message);
  if (place !== null) return `: line ${place[1]}, column ${place[2]}`;
  const token = /^Unexpected token (['"]?)(.)\1,/su.exec(message);
  if (token !== null) return `: a value begins with ${visibleText(token[2] ?? '')} (texts need "quotes")`;
  return message.startsWith('Unexpected end') ? ': it ends too early' : '';
}
