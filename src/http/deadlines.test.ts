import { Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createDeadlines, type MissedDeadline } from './deadlines.ts';

const LIMITS = { connectTimeoutMs: 5_000, readTimeoutMs: 30_000 };

function begin(options: { readonly isConnecting: boolean; readonly isSecure?: boolean }) {
  const missed: MissedDeadline[] = [];
  const socket = Object.defineProperty(new Socket(), 'connecting', { value: options.isConnecting });
  const deadlines = createDeadlines(LIMITS, options.isSecure ?? false, (which) => missed.push(which));
  deadlines.begin(socket);
  return { missed, socket, deadlines };
}

describe('deadlines of a request', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test('a connection that is not made in time is given up', () => {
    const { missed } = begin({ isConnecting: true });
    vi.advanceTimersByTime(4_999);
    expect(missed).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(missed).toEqual(['connect']);
  });

  test('a TLS handshake counts as connecting', () => {
    const { missed, socket } = begin({ isConnecting: true, isSecure: true });
    socket.emit('connect');
    vi.advanceTimersByTime(5_000);
    expect(missed).toEqual(['connect']);
  });

  test('once connected, silence has the read time-out', () => {
    const { missed, socket } = begin({ isConnecting: true });
    vi.advanceTimersByTime(4_000);
    socket.emit('connect');
    vi.advanceTimersByTime(29_999);
    expect(missed).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(missed).toEqual(['silence']);
  });

  test('a kept-alive connection is read from at once', () => {
    const { missed } = begin({ isConnecting: false });
    vi.advanceTimersByTime(30_000);
    expect(missed).toEqual(['silence']);
  });

  test('a trickle ends after four read time-outs in all', () => {
    const { missed, deadlines } = begin({ isConnecting: false });
    for (let second = 0; second < 119; second++) {
      vi.advanceTimersByTime(1_000);
      deadlines.heard();
    }
    expect(missed).toEqual([]);
    vi.advanceTimersByTime(1_000);
    expect(missed).toEqual(['whole']);
  });

  test('nothing is missed after the end, even when something is heard late', () => {
    const { missed, deadlines } = begin({ isConnecting: false });
    deadlines.stop();
    deadlines.heard();
    vi.advanceTimersByTime(200_000);
    expect(missed).toEqual([]);
  });
});
