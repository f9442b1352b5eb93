import { describe, expect, test } from 'vitest';
import type { Breaker } from '../../core/breaker.ts';
import type { WithStore } from './storeRunner.ts';

export function describeMeta(withStore: WithStore): void {
  describe('meta', () => {
    test('keeps small values by name', () =>
      withStore(async ({ meta }) => {
        expect(await meta.get('key')).toBeNull();
        await meta.set('key', 'one');
        await meta.set('key', '{"schema":1}');
        await meta.set('other', '');
        expect(await meta.get('key')).toBe('{"schema":1}');
        expect(await meta.get('other')).toBe('');
        await meta.delete('key');
        expect(await meta.get('key')).toBeNull();
      }));

    test('has a closed breaker for a server that was never tried', () =>
      withStore(async ({ meta }) => {
        expect(await meta.breaker('plex')).toEqual({ state: 'closed', failuresInRow: 0 });
      }));

    test('keeps one breaker for each server', () =>
      withStore(async ({ meta }) => {
        const open: Breaker = {
          state: 'open',
          openedAt: 1,
          probeAt: 2,
          opened: 3,
          reason: 'no route to host',
        };
        await meta.setBreaker('plex', { state: 'closed', failuresInRow: 4 });
        await meta.setBreaker('plex', open);
        const failing: Breaker = { state: 'closed', failuresInRow: 1, reason: 'time-out' };
        await meta.setBreaker('stash', failing);
        expect(await meta.breaker('plex')).toEqual(open);
        expect(await meta.breaker('stash')).toEqual(failing);
      }));
  });
}
