import { describe, expect, test } from 'vitest';
import { BAD_INPUT } from './badInput.ts';

describe.each(BAD_INPUT)('bad input: $title', ({ cases }) => {
  test.each(cases)('$input', async ({ observe, expected }) => {
    expect(await observe()).toEqual(expected);
  });
});
