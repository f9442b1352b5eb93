import { visibleText } from '../core/visibleText.ts';
import type { Redaction } from './redaction.ts';

/** Facts beside a message: `{ scene: '42', requests: 3 }`. An Error keeps its stack and its causes. */
export type LogFields = Readonly<Record<string, unknown>>;

const DEEPEST = 6;

/** A copy fit for a log: nothing that is to be taken out, no control characters, no cycles, errors as data. */
export function cleanFields(fields: LogFields, redact: Redaction): LogFields {
  return cleanRecord(fields, redact, 0);
}

function cleanRecord(record: object, redact: Redaction, depth: number): LogFields {
  return Object.fromEntries(
    Object.entries(record).map(([name, value]) => [
      visibleText(redact.text(name)),
      clean(redact.named(name, value), redact, depth + 1),
    ]),
  );
}

function clean(value: unknown, redact: Redaction, depth: number): unknown {
  if (typeof value === 'string') return visibleText(redact.text(value));
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null) return value;
  if (depth > DEEPEST) return '…';
  if (value instanceof Error) return cleanError(value, redact, depth);
  if (value instanceof Date) return value.toJSON();
  if (value instanceof Map) return cleanRecord(Object.fromEntries(value), redact, depth);
  if (value instanceof Set || Array.isArray(value)) {
    return Array.from(value, (each) => clean(each, redact, depth + 1));
  }
  return cleanRecord(value, redact, depth);
}

/** Own fields such as `code` come along; line ends stay in the stack only, where they mean something. */
function cleanError(error: Error, redact: Redaction, depth: number): LogFields {
  // Of its lines none may be the message's own: it could look like one of ours.
  const stack = redact
    .text((error.stack ?? '').replace(error.message, () => visibleText(error.message)))
    .split('\n')
    .map(visibleText)
    .join('\n');
  return {
    ...cleanRecord(error, redact, depth),
    type: error.name,
    message: visibleText(redact.text(error.message)),
    stack,
    ...(error.cause === undefined ? {} : { cause: clean(error.cause, redact, depth + 1) }),
  };
}
