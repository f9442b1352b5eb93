import { expect, test } from 'vitest';
import { nodeProblem } from './nodeVersion.ts';

test.each(['v22.13.0', 'v22.23.3', 'v23.0.0', 'v24.21.0', 'v100.0.0'])('%s is new enough', (version) => {
  expect(nodeProblem(version, '/usr/bin/node')).toBeNull();
});

test.each(['v22.12.9', 'v22.2.0', 'v20.20.2', 'v18.0.0', 'v9.9.9'])(
  '%s is too old, said in one sentence',
  (version) => {
    expect(nodeProblem(version, '/usr/bin/node')).toBe(
      `PlexSync needs Node 22.13 or newer; this is ${version} (/usr/bin/node).`,
    );
  },
);
