import { describe, expect, test } from 'vitest';
import { fileSystemOf, isNetwork } from './fileSystem.ts';

const MOUNTINFO = [
  '22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw',
  '30 22 0:40 / /mnt rw - tmpfs tmpfs rw',
  '31 30 0:41 / /mnt/nas rw,relatime - nfs4 nas:/export rw,vers=4.2',
  '32 22 0:42 / /mnt/with\\040space rw - fuse.sshfs me@host:/ rw',
  '33 22 0:43 / /srv rw - cifs //old rw',
  '34 22 0:44 / /srv rw master:3 - xfs /dev/sdb1 rw',
  '',
].join('\n');

describe('the file system of a path', () => {
  test.each([
    ['/home/data', 'ext4'],
    ['/mnt/other', 'tmpfs'],
    ['/mnt/nas', 'nfs4'],
    ['/mnt/nas/plexsync-data', 'nfs4'],
    ['/mnt/nasty', 'tmpfs'],
    ['/mnt/with space/data', 'fuse.sshfs'],
    ['/srv/data', 'xfs'],
  ])('%s lies on %s', (path, type) => {
    expect(fileSystemOf(path, MOUNTINFO)).toBe(type);
  });

  test('is unknown where nothing is told', () => {
    expect(fileSystemOf('/data', 'nonsense\n - ')).toBeNull();
  });
});

test.each([
  ['nfs', true],
  ['nfs4', true],
  ['cifs', true],
  ['smb3', true],
  ['9p', true],
  ['fuse.sshfs', true],
  ['ext4', false],
  ['btrfs', false],
  ['overlay', false],
  ['fuse.shfs', false],
  ['fuseblk', false],
])('%s is a network file system: %s', (type, is) => {
  expect(isNetwork(type)).toBe(is);
});
