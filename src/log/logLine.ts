import * as v from 'valibot';
import type { LogFields } from './cleanFields.ts';
import { LEVELS, type LogLevel } from './logger.ts';

export interface LogLine {
  readonly at: string;
  readonly level: LogLevel;
  readonly message: string;
  readonly fields: LogFields;
}

const Schema = v.pipe(
  v.string(),
  v.parseJson(),
  v.looseObject({ level: v.picklist(LEVELS), time: v.string(), msg: v.optional(v.string(), '') }),
);

/** A line as {@link createLogger} makes it; null: it is none. */
export function readLogLine(json: string): LogLine | null {
  const parsed = v.safeParse(Schema, json);
  if (!parsed.success) return null;
  const { level, time: at, msg: message, ...fields } = parsed.output;
  return { at, level, message, fields };
}

/** `2026-01-31T14:05:00.000Z WARN not synced {"scene":"42"}` */
export function logLineText({ at, level, message, fields }: LogLine): string {
  const words = `${at} ${level.toUpperCase()} ${message}`;
  return Object.keys(fields).length === 0 ? words : `${words} ${JSON.stringify(fields)}`;
}
