import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../store/sqlite/testing/temporaryFolder.ts';
import { refuseRequests } from './refuseRequests.ts';

test('all who wait are told why, whatever else lies there and whether or not a notice can be left', async () => {
  const inbox = join(temporaryFolder(), 'inbox');
  mkdirSync(join(inbox, 'notice.new'), { recursive: true });
  mkdirSync(join(inbox, 'r1-1', 'not ours'), { recursive: true });
  writeFileSync(join(inbox, 'r1-2'), '{}');
  await refuseRequests(inbox, 'The database is damaged.');
  expect(JSON.parse(readFileSync(join(inbox, 'outbox', '2.json'), 'utf8'))).toEqual({
    error: 'The database is damaged.',
  });
  expect(existsSync(join(inbox, 'r1-2'))).toBe(false);
  expect(existsSync(join(inbox, 'r1-1', 'not ours'))).toBe(true);
});
