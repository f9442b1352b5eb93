import { defineConfig } from 'vitest/config';

/**
 * `unit`: beside their files, no processes, no sockets but loopback.
 * `process`: whole processes (hook.sh, daemon, simulators, kills); slower, so they run after.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: { name: 'unit', include: ['src/**/*.test.ts', 'simulator/**/*.test.ts', 'bench/**/*.test.ts'] },
      },
      {
        test: {
          name: 'process',
          include: ['test/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
