import { visibleText } from '../core/visibleText.ts';
import { type Redact, redactNamed } from './redact.ts';

/** Facts beside a message: `{ scene: '42', requests: 3 }`. An Error keeps its stack and its causes. */
export type LogFields = Readonly<Record<string, unknown>>;

const DEEPEST = 6;

/** A copy fit for a log: no secrets, no control characters, no cycles, errors as data. */
export function cleanFields(fields: LogFields, redact: Redact): LogFields {
  return cleanRecord(fields, redact, 0);
}

function cleanRecord(record: object, redact: Redact, depth: number): LogFields {
  return Object.fromEntries(
    Object.entries(record).map(([name, value]) => [
      visibleText(redact(name)),
      clean(redactNamed(name, value), redact, depth + 1),
    ]),
  );
}

function clean(value: unknown, redact: Redact, depth: number): unknown {
  if (typeof value === 'string') return visibleText(redact(value));
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
function cleanError(error: Error, redact: Redact, depth: number): LogFields {
  const stack = redact(error.stack ?? '')
    .split('\n')
    .map(visibleText)
    .join('\n');
  return {
    ...cleanRecord(error, redact, depth),
    type: error.name,
    message: visibleText(redact(error.message)),
    stack,
    ...(error.cause === undefined ? {} : { cause: clean(error.cause, redact, depth + 1) }),
  };
}
