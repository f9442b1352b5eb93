import { hideNamedPath, hidePaths } from './hidePaths.ts';
import { type Redact, redactNamed, redactor } from './redact.ts';

/** What is taken out of everything that is logged. */
export interface Redaction {
  readonly text: Redact;
  /** Of a field, by its name. */
  readonly named: (name: string, value: unknown) => unknown;
}

/** Secrets always; with `hidesPaths` paths, too. */
export function redactionOf(options: {
  readonly secrets: readonly string[];
  readonly hidesPaths: boolean;
}): Redaction {
  const text = redactor(options.secrets);
  if (!options.hidesPaths) return { text, named: redactNamed };
  return {
    text: (given) => hidePaths(text(given)),
    named: (name, value) => hideNamedPath(name, redactNamed(name, value)),
  };
}
