import { expect, test } from 'vitest';
import { jsonBody } from './jsonBody.ts';

const answer = (body: string) => jsonBody({ body, description: 'GET http://127.0.0.1/list' });

test('JSON is parsed and not judged', () => {
  expect(answer('{"a":[1]}')).toEqual({ ok: true, value: { a: [1] } });
});

test.each([
  ['', 'empty', 'The answer is empty where JSON is due: GET http://127.0.0.1/list'],
  [' \n ', 'empty', 'The answer is empty'],
  ['<!DOCTYPE html><p>hello', 'html', 'The answer is a web page'],
  ['\n<HTML>', 'html', 'The answer is a web page'],
  ['<?xml version="1.0"?><MediaContainer/>', 'xml', 'The answer is XML'],
  ['{"a":[1', 'text', 'The answer is not valid JSON'],
])('%j instead of JSON is named', (body, looksLike, words) => {
  const result = answer(body);
  expect(result).toMatchObject({ ok: false, failure: { kind: 'not-json', looksLike } });
  expect(result).toMatchObject({ failure: { message: expect.stringContaining(words) } });
});
