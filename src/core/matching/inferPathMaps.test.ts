import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inferPathMaps, type PathPair } from './inferPathMaps.ts';
import { absolute, folderName, type Style, style } from './matching.fixtures.ts';
import { plexPathsOf } from './pathMap.ts';
import { samePathKey } from './paths.ts';

let nextSize = 1;
/** As many pairs as there are files in the two folders, each file with a size of its own. */
function pairs(
  stash: string,
  plex: string,
  names: readonly string[] = ['1.mp4', '2.mp4', '3.mp4'],
): PathPair[] {
  return names.map((name) => ({ stash: stash + name, plex: plex + name, size: nextSize++ }));
}

const arrows = (found: readonly PathPair[]): readonly string[] =>
  inferPathMaps(found).map((map) => `${map.from} => ${map.to} (${map.support})`);

describe('inferPathMaps', () => {
  test('learns nothing from nothing', () => {
    expect(inferPathMaps([])).toEqual([]);
  });

  test('needs no map where both sides have the same paths', () => {
    expect(arrows(pairs('/data/x/', '/data/x/'))).toEqual([]);
  });

  test('finds the shortest prefixes that explain the pairs', () => {
    const found = [...pairs('/data/x/', '/mnt/media/x/'), ...pairs('/data/y/z/', '/mnt/media/y/z/')];
    expect(arrows(found)).toEqual(['/data => /mnt/media (6)']);
  });

  test.each([
    ['POSIX to Windows', '/data/x/', 'D:\\Videos\\x\\', '/data => D:\\Videos (3)'],
    ['Windows to POSIX', 'D:\\Videos\\x\\', '/data/x/', 'D:\\Videos => /data (3)'],
    ['a share to POSIX', '\\\\nas\\videos\\x\\', '/data/x/', '\\\\nas\\videos => /data (3)'],
    ['one drive to another', 'D:\\x\\', 'E:\\x\\', 'D:\\ => E:\\ (3)'],
    ['one folder deeper', '/x/', '/mnt/x/', '/ => /mnt (3)'],
    ['one folder less deep', '/mnt/x/', '/x/', '/mnt => / (3)'],
    ['a folder within one of its name', '/data/', '/data/data/', '/ => /data (3)'],
  ])('maps %s', (_, stash, plex, expected) => {
    expect(arrows(pairs(stash, plex))).toEqual([expected]);
  });

  test('makes a map for each mount', () => {
    const found = [...pairs('/movies/x/', '/srv/m/x/'), ...pairs('/clips/x/', '/mnt/c/x/')];
    expect(arrows(found)).toEqual(['/clips => /mnt/c (3)', '/movies => /srv/m (3)']);
  });

  test('gives a mount within a mount a map of its own, and tries it first', () => {
    const found = [
      ...pairs('/data/x/', '/media/x/', ['1', '2', '3', '4', '5', '6']),
      ...pairs('/data/extern/y/', '/mnt/usb/y/'),
    ];
    expect(arrows(found)).toEqual(['/data/extern => /mnt/usb (3)', '/data => /media (6)']);
  });

  test('sends a folder back to its own path when the folder around it is mapped', () => {
    const found = [
      ...pairs('/data/', '/media/', ['1', '2', '3', '4', '5']),
      ...pairs('/data/local/', '/data/local/'),
    ];
    expect(arrows(found)).toEqual(['/data/local => /data/local (3)', '/data => /media (5)']);
  });

  test('is not misled by files that were moved on one side', () => {
    const found = [
      ...pairs('/data/x/', '/media/x/'),
      ...pairs('/data/new/', '/media/old/', ['a.mp4', 'b.mp4']),
    ];
    expect(arrows(found)).toEqual(['/data => /media (3)']);
  });

  test('makes no map of a folder of which fewer than three in five agree', () => {
    const most = pairs('/data/', '/one/', ['1', '2', '3', '4', '5']);
    expect(arrows([...most, ...pairs('/data/', '/two/', ['6', '7', '8', '9'])])).toEqual([]);
    expect(arrows([...most, ...pairs('/data/', '/two/')])).toEqual(['/data => /one (5)']);
  });

  test('three pairs are enough, two among many are not', () => {
    const same = pairs('/same/', '/same/');
    expect(arrows([...same, ...pairs('/data/', '/media/')])).toEqual(['/data => /media (3)']);
    expect(arrows([...same, ...pairs('/data/', '/media/', ['a.mp4', 'b.mp4'])])).toEqual([]);
  });

  test.each([
    ['the only pair', pairs('/data/', '/media/', ['1.mp4']), ['/data => /media (1)']],
    ['the only two pairs', pairs('/data/x/', '/media/x/', ['1.mp4', '2.mp4']), ['/data => /media (2)']],
    [
      'no two pairs that contradict each other',
      [...pairs('/data/', '/one/', ['1.mp4']), ...pairs('/data/', '/two/', ['2.mp4'])],
      [],
    ],
  ])('in a tiny library believes %s', (_, found, expected) => {
    expect(arrows(found)).toEqual(expected);
  });

  test('folders that differ by case are the same in Windows and two elsewhere', () => {
    expect(arrows(pairs('C:\\V\\Movies\\', 'D:\\W\\movies\\'))).toEqual(['C:\\V => D:\\W (3)']);
    expect(arrows(pairs('C:\\V\\Movies\\', '/w/movies/'))).toEqual(['C:\\V\\Movies => /w/movies (3)']);
  });

  test('file names agree whatever their case and Unicode form', () => {
    const found = ['1', '2', '3'].map((name) => ({
      stash: `/data/CAFE\u0301 ${name}.mp4`,
      plex: `/media/caf\u00e9 ${name}.mp4`,
      size: Number(name),
    }));
    expect(arrows(found)).toEqual(['/data => /media (3)']);
  });

  test.each([
    ['on the side of Plex', { stash: '/data/1.mp4', plex: '/other/1.mp4' }],
    ['on the side of Stash', { stash: '/other/1.mp4', plex: '/media/1.mp4' }],
    ['on both sides', { stash: '/copy/1.mp4', plex: '/copies/1.mp4' }],
  ])('a name and size that occurs twice %s does not vote', (_, again) => {
    const [first, ...rest] = pairs('/data/', '/media/', ['1.mp4', '2.mp4', '3.mp4', '4.mp4']);
    if (first === undefined) throw new Error('no pair');
    expect(arrows([first, ...rest, { ...again, size: first.size }])).toEqual(['/data => /media (3)']);
  });

  test('one file in two libraries of Plex, or linked too, votes once', () => {
    const found = pairs('/data/', '/media/');
    const linked = found.map((pair) => ({ ...pair, size: null }));
    expect(arrows([...found, ...found, ...linked])).toEqual(['/data => /media (3)']);
  });

  test('linked files of other names, and relative paths, do not vote', () => {
    const renamed = { stash: '/data/a.mp4', plex: '/media/b.mp4', size: null };
    expect(arrows([renamed, ...pairs('data/', '/media/'), ...pairs('/data/', '')])).toEqual([]);
  });
});

/** Where Stash's folders lie in Plex, and files in them. */
interface Layout {
  readonly stashStyle: Style;
  readonly plexStyle: Style;
  readonly mounts: readonly { readonly from: readonly string[]; readonly to: readonly string[] }[];
  /** Each in its folder; names and sizes are numbered. */
  readonly folders: readonly (readonly string[])[];
}

const folders = fc.array(folderName, { maxLength: 3 });
const mounts = fc.uniqueArray(fc.record({ from: folders, to: folders }), {
  minLength: 1,
  maxLength: 4,
  selector: (mount) => mount.from.join('/'),
});
const layout: fc.Arbitrary<Layout> = fc
  .record({ stashStyle: style, plexStyle: style, mounts })
  .chain((each) =>
    fc
      .array(fc.tuple(fc.constantFrom(...each.mounts), folders), { maxLength: 30 })
      .map((files) => ({ ...each, folders: files.map(([mount, below]) => [...mount.from, ...below]) })),
  );

type Mount = Layout['mounts'][number];
interface MountedFile {
  readonly mount: Mount;
  readonly pair: PathPair;
}

const isBelow = (path: readonly string[], prefix: readonly string[]): boolean =>
  prefix.every((folder, index) => path[index] === folder);

/** Each file lies in the deepest mount above it; what is in none of them Plex does not have. */
function filesOf({ stashStyle, plexStyle, mounts, folders }: Layout): readonly MountedFile[] {
  const deepestFirst = mounts.toSorted((a, b) => b.from.length - a.from.length);
  return folders.flatMap((path, index) => {
    const mount = deepestFirst.find(({ from }) => isBelow(path, from));
    if (mount === undefined) return [];
    const name = `${index}.mp4`;
    const stash = absolute(stashStyle, [...path, name]);
    const plex = absolute(plexStyle, [...mount.to, ...path.slice(mount.from.length), name]);
    return [{ mount, pair: { stash, plex, size: index } }];
  });
}

const pathsTried = ({ stash }: PathPair, maps: ReturnType<typeof inferPathMaps>): readonly string[] =>
  plexPathsOf(stash, maps).map((path) => samePathKey(path, true));

describe('inferPathMaps in any layout of mounts', () => {
  test('finds each mount that has three files and three in five of what lies below it', () => {
    fc.assert(
      fc.property(layout, (each) => {
        const files = filesOf(each);
        const maps = inferPathMaps(files.map(({ pair }) => pair));
        for (const { mount, pair } of files) {
          const below = files.filter((other) =>
            isBelow(each.folders[other.pair.size ?? 0] ?? [], mount.from),
          );
          const own = files.filter((other) => other.mount === mount).length;
          if (own < 3 || own < below.length * 0.6) continue;
          expect(pathsTried(pair, maps)).toContain(samePathKey(pair.plex, true));
        }
      }),
    );
  });

  test('tries the right path first where no mount lies in another', () => {
    fc.assert(
      fc.property(layout, (each) => {
        const isNested = each.mounts.some((one) =>
          each.mounts.some((other) => one !== other && isBelow(one.from, other.from)),
        );
        fc.pre(!isNested);
        const files = filesOf(each);
        const maps = inferPathMaps(files.map(({ pair }) => pair));
        for (const { mount, pair } of files) {
          if (files.filter((other) => other.mount === mount).length < 3) continue;
          expect(pathsTried(pair, maps)[0]).toBe(samePathKey(pair.plex, true));
        }
      }),
    );
  });

  test('one mount of any size is one map at most', () => {
    fc.assert(
      fc.property(layout, (each) => {
        const files = filesOf({ ...each, mounts: each.mounts.slice(0, 1) });
        expect(inferPathMaps(files.map(({ pair }) => pair)).length).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('does not depend on the order of the pairs, and tries the longest prefix first', () => {
    const shuffled = layout
      .map((each) => filesOf(each).map(({ pair }) => pair))
      .chain((found) =>
        fc.tuple(fc.constant(found), fc.shuffledSubarray(found, { minLength: found.length })),
      );
    fc.assert(
      fc.property(shuffled, ([found, reordered]) => {
        const maps = inferPathMaps(found);
        expect(inferPathMaps(reordered)).toEqual(maps);
        const depths = maps.map((map) => map.from.split(/[\\/]+/).filter((name) => name !== '').length);
        expect(depths).toEqual(depths.toSorted((a, b) => b - a));
      }),
    );
  });

  test('learns the same with any number of files that occur twice', () => {
    const copies = fc.array(fc.tuple(folders, folders, folders, folders), { maxLength: 5 });
    fc.assert(
      fc.property(layout, copies, (each, doubled) => {
        const found = filesOf(each).map(({ pair }) => pair);
        const crossed = doubled.flatMap(([one, other, here, there], index) => {
          const name = `copy ${index}.mp4`;
          const stashPaths = [one, ['copy', ...other]].map((path) =>
            absolute(each.stashStyle, [...path, name]),
          );
          const plexPaths = [here, ['copy', ...there]].map((path) =>
            absolute(each.plexStyle, [...path, name]),
          );
          const size = 1_000 + index;
          return stashPaths.flatMap((stash) => plexPaths.map((plex) => ({ stash, plex, size })));
        });
        expect(inferPathMaps([...found, ...crossed])).toEqual(inferPathMaps(found));
      }),
    );
  });
});

test('paths of a thousand folders teach nothing, and hold nothing up', () => {
  const deep = '/a'.repeat(10_000);
  const found = [1, 2, 3].map((size) => ({ stash: `/s${deep}/${size}`, plex: `/p${deep}/${size}`, size }));
  expect(inferPathMaps(found)).toEqual([]);
});
