import { framesOf } from '../listener.ts';
import type { Visitor } from '../visitor.ts';
import type { Sides } from './side.ts';

const given = {
  sections: [
    {
      title: 'Movies',
      items: [
        { title: 'One', files: [{ path: '/data/1/One.mp4', size: 11 }] },
        { title: 'Two', files: [{ path: '/data/2/Two.mp4', size: 22 }] },
      ],
    },
  ],
} as const;

/** The clock's start, rounded, and the 1.5 s until a scan has ended. */
const SCANNED_AT = Date.UTC(2026, 0, 2, 3, 4, 6) / 1000;

/** Long enough for any scan and the analysis after it. */
const scan = ({ clock, simulator }: Visitor): void => {
  simulator.library.scan('1');
  clock.advance(10_000);
};

export const scanSides: Sides<
  | 'updatedAtOfNewItems'
  | 'autoEmptyTrash'
  | 'trashedInLists'
  | 'unmountedRoot'
  | 'movedFile'
  | 'scanStart'
  | 'alertDelivery'
  | 'alertTimes'
  | 'deletionAlert'
> = {
  updatedAtOfNewItems: {
    given,
    shows: async (visitor) => {
      visitor.simulator.library.addFile({ path: '/data/3/Three.mp4', size: 33 });
      scan(visitor);
      const list = await visitor.get('/library/sections/1/all?type=1&updatedAt>>=1');
      return list.Metadata?.map((item) => item.title);
    },
    sides: { present: ['One', 'Three', 'Two'], absent: ['One', 'Two'] },
  },
  autoEmptyTrash: {
    given,
    shows: async (visitor) => {
      visitor.simulator.library.removeFile('/data/1/One.mp4');
      scan(visitor);
      return [
        (await visitor.send('GET', '/library/metadata/1')).status,
        visitor.simulator.library.read('1')?.deletedAt,
      ];
    },
    // Epoch s of the scan's end.
    sides: { on: [404, undefined], off: [200, SCANNED_AT] },
  },
  trashedInLists: {
    given: { ...given, switches: { autoEmptyTrash: 'off' } },
    shows: async (visitor) => {
      visitor.simulator.library.removeFile('/data/1/One.mp4');
      scan(visitor);
      const list = await visitor.get('/library/sections/1/all?type=1');
      return list.Metadata?.map((item) => [item.title, item.deletedAt !== undefined]);
    },
    sides: {
      listed: [
        ['One', true],
        ['Two', false],
      ],
      'left-out': [['Two', false]],
    },
  },
  unmountedRoot: {
    given,
    shows: async (visitor) => {
      visitor.simulator.library.unmount('/data');
      scan(visitor);
      const list = await visitor.get('/library/sections/1/all?type=1');
      const checked = await visitor.get('/library/metadata/1?checkFiles=1');
      return [
        list.Metadata?.map((item) => item.deletedAt !== undefined),
        checked.Metadata?.[0]?.Media?.[0]?.Part[0]?.exists,
      ];
    },
    sides: { inaccessible: [[false, false], false], trashed: [[true, true], false] },
  },
  movedFile: {
    given,
    shows: async (visitor) => {
      const { library } = visitor.simulator;
      library.renameFile('/data/1/One.mp4', '/data/9/Moved.mp4');
      scan(visitor);
      const [key = ''] = library.ratingKeys({ path: '/data/9/Moved.mp4' });
      return [key === '1', library.read(key)?.title];
    },
    sides: { 'new-key': [false, 'Moved'], 'same-key': [true, 'One'] },
  },
  scanStart: {
    given,
    shows: async ({ clock, get, send }) => {
      const isRefreshing = async () => (await get('/library/sections')).Directory?.[0]?.refreshing;
      await send('GET', '/library/sections/1/refresh');
      const atOnce = await isRefreshing();
      clock.advance(500);
      return [atOnce, await isRefreshing()];
    },
    sides: { late: [false, true], 'at-once': [true, true] },
  },
  alertDelivery: {
    given,
    shows: async (visitor) => {
      const { edit, simulator } = visitor;
      const ids = simulator.library.ratingKeys({ sectionKey: '1' }).join(',');
      const frames = await framesOf(simulator, () =>
        edit({ type: 1, id: ids, 'studio.value': 'S', 'studio.locked': 1 }),
      );
      return frames.map((frame) => [frame.size, frame.TimelineEntry?.map((entry) => entry.itemID)]);
    },
    sides: {
      once: [
        [1, ['1']],
        [1, ['3']],
      ],
      doubled: [
        [1, ['1']],
        [1, ['1']],
        [1, ['3']],
        [1, ['3']],
      ],
      grouped: [[2, ['3', '1']]],
      lost: [],
    },
  },
  alertTimes: {
    given,
    shows: async ({ simulator }) => {
      const [frame] = await framesOf(simulator, () => simulator.library.removeItem('1'));
      return Object.keys(frame?.TimelineEntry?.[0] ?? {}).includes('updatedAt');
    },
    sides: { told: true, 'left-out': false },
  },
  deletionAlert: {
    given,
    shows: async ({ simulator }) => {
      const [frame] = await framesOf(simulator, () => simulator.library.removeItem('1'));
      const { itemID, sectionID, state, type, metadataState } = frame?.TimelineEntry?.[0] ?? {};
      return [itemID, sectionID, type, state, metadataState];
    },
    sides: { 'minus-one': ['1', '-1', -1, 9, 'deleted'], section: ['1', '1', 1, 9, 'deleted'] },
  },
};
