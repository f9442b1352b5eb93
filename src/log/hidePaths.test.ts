import { describe, expect, test } from 'vitest';
import { hideNamedPath, hidePath, hidePaths } from './hidePaths.ts';

test('a path has one name, which keeps its ending and tells nothing else', () => {
  const name = hidePath('/data/Some scene.mp4');
  expect(name).toMatch(/^path-[0-9a-f]{8}\.mp4$/);
  expect(hidePath('/data/Some scene.mp4')).toBe(name);
  expect(hidePath('/data/Some other scene.mp4')).not.toBe(name);
  expect(hidePath('/data/Caf\u00e9.mp4')).toBe(hidePath('/data/Cafe\u0301.mp4'));
  expect(hidePath('/data/v1.2 of a scene')).toMatch(/^path-[0-9a-f]{8}$/);
});

describe('in a text', () => {
  const h = hidePath;

  test.each([
    [
      'Plex has no file that matches "/data/My scene, 1.mp4". Nearest is "/media/Other.mp4": other size.',
      `Plex has no file that matches "${h('/data/My scene, 1.mp4')}". Nearest is "${h('/media/Other.mp4')}": other size.`,
    ],
    [
      `ENOENT: no such file or directory, open '/data/Dana O'Dell.mp4'`,
      `ENOENT: no such file or directory, open '${h("/data/Dana O'Dell.mp4")}'`,
    ],
    ['cannot write to /var/x/plexsync.db (EACCES).', `cannot write to ${h('/var/x/plexsync.db')} (EACCES).`],
    ['/var/x/inbox cannot be used', `${h('/var/x/inbox')} cannot be used`],
    ['found "D:\\Videos\\a b.mkv", gone', `found "${h('D:\\Videos\\a b.mkv')}", gone`],
    ['on \\\\nas\\videos\\a.mkv it is', `on ${h('\\\\nas\\videos\\a.mkv')} it is`],
    ['{"path":"/data/a b.mp4"}', `{"path":"${h('/data/a b.mp4')}"}`],
    ['/data => /media (3 files)', `${h('/data')} => ${h('/media')} (3 files)`],
  ])('%s', (text, hidden) => {
    expect(hidePaths(text)).toBe(hidden);
  });

  test.each([
    'GET http://127.0.0.1:32400/library/metadata/1,2 was refused',
    'Plex refused the connection: ws://plex:32400/:/websockets/notifications',
    'and/or, 3/4, w/o, 2026-11-25T10:00:00Z',
    'a genre "Sci-Fi / Drama" and a / alone',
    '    at run (/opt/plexsync/daemon.cjs:1:200)',
  ])('%s stays as it is', (text) => {
    expect(hidePaths(text)).toBe(text);
  });
});

test('a field that is a path is hidden whole; one that is a name or a number stays', () => {
  expect(hideNamedPath('folder', '/media/My videos')).toBe(hidePath('/media/My videos'));
  expect(hideNamedPath('path', 'C:/My videos/a.mp4')).toBe(hidePath('C:/My videos/a.mp4'));
  expect(hideNamedPath('file', 'v1-abc')).toBe('v1-abc');
  expect(hideNamedPath('reason', '/media is away')).toBe('/media is away');
  expect(hideNamedPath('from', 5)).toBe(5);
});

test.each(['"/', "'/"])('a long row of %s takes no longer than other texts', (sign) => {
  const before = process.threadCpuUsage();
  const text = sign.repeat(100_000);
  expect(hidePaths(text)).toHaveLength(text.length);
  expect(process.threadCpuUsage(before).user).toBeLessThan(2_000_000);
});
