import { type BaseIssue, getDotPath } from 'valibot';

type Issues = readonly [BaseIssue<unknown>, ...BaseIssue<unknown>[]];

/** What was found may be as long as the answer, and goes into logs and the database. */
const MOST_CHARACTERS = 300;

/** What does not fit in an answer, and where: the first of what valibot found. */
export function issueWords([issue]: Issues): string {
  const words = `${getDotPath(issue) ?? 'the whole'}: ${issue.message}`;
  return words.length > MOST_CHARACTERS ? `${words.slice(0, MOST_CHARACTERS)}…` : words;
}
