import { type BaseIssue, getDotPath } from 'valibot';

type Issues = readonly [BaseIssue<unknown>, ...BaseIssue<unknown>[]];

/** What does not fit in an answer, and where: the first of what valibot found. */
export function issueWords([issue]: Issues): string {
  return `${getDotPath(issue) ?? 'the whole'}: ${issue.message}`;
}
