import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { decodeServerConnection } from './serverConnection.ts';

const RECORDED = new URL('./fixtures/stdin/', import.meta.url);

function stdin(connection: object): Uint8Array {
  const standard = { Scheme: 'http', Host: '127.0.0.1', Port: 9999, SessionCookie: null };
  return Buffer.from(JSON.stringify({ server_connection: { ...standard, ...connection }, args: {} }));
}

describe('the way to Stash', () => {
  test.each(readdirSync(RECORDED))('stands in what Stash wrote: %s', (name) => {
    const bytes = readFileSync(new URL(name, RECORDED));
    expect(decodeServerConnection(bytes)).toEqual({
      url: 'http://127.0.0.1:9999',
      cookie: { name: 'session', value: 'c2Vzc2lvbi1jb29raWU=' },
    });
  });

  test.each([
    ['0.0.0.0', 'http://127.0.0.1:9999'],
    ['', 'http://127.0.0.1:9999'],
    ['[::]', 'http://[::1]:9999'],
    ['::', 'http://[::1]:9999'],
    ['[fd00::5]', 'http://[fd00::5]:9999'],
    ['fd00::5', 'http://[fd00::5]:9999'],
    ['192.168.1.5', 'http://192.168.1.5:9999'],
  ])('a Stash that listens on %j is asked at %s', (Host, url) => {
    expect(decodeServerConnection(stdin({ Host }))?.url).toBe(url);
  });

  test('is by TLS when Stash says so', () => {
    expect(decodeServerConnection(stdin({ Scheme: 'https' }))?.url).toBe('https://127.0.0.1:9999');
  });

  test('is known although the end of a large event is missing', () => {
    const whole = Buffer.from(stdin({})).toString();
    expect(decodeServerConnection(Buffer.from(whole.slice(0, whole.indexOf('"args"') + 8)))).not.toBeNull();
  });

  test.each([
    ['no connection', Buffer.from('{"args":{}}')],
    ['nothing', Buffer.from('')],
    ['garbage', Buffer.from('\u0000\u0001<html>')],
    ['a port that is none', stdin({ Port: 0 })],
    ['a scheme that is no way to Stash', stdin({ Scheme: 'file' })],
    ['a host that is none', stdin({ Host: 'a b' })],
    ['a cookie that would end the header', stdin({ SessionCookie: { Name: 'session', Value: 'a\r\nX: y' } })],
  ])('is not known from %s', (_, bytes) => {
    expect(decodeServerConnection(bytes)).toBeNull();
  });

  test('has no cookie where Stash could not make one', () => {
    expect(decodeServerConnection(stdin({}))?.cookie).toBeNull();
    expect(
      decodeServerConnection(stdin({ SessionCookie: { Name: 'session', Value: '' } }))?.cookie,
    ).toBeNull();
  });
});
