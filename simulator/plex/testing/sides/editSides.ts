import { framesOf } from '../listener.ts';
import { PNG } from '../png.ts';
import type { Visitor } from '../visitor.ts';
import type { Sides } from './side.ts';

const first = { type: 1, id: 1 };

const upload = (
  visitor: Visitor,
  query = '',
  body: RequestInit['body'] = new Uint8Array(PNG),
): Promise<Response> => visitor.send('POST', `/library/metadata/1/posters${query}`, { body });

export const editSides: Sides<
  | 'valueWithoutLock'
  | 'badIdInEdit'
  | 'missingTypeInEdit'
  | 'yearEdit'
  | 'titleSortAfterTitleEdit'
  | 'noneAgentRefresh'
  | 'editAlerts'
  | 'privateUrls'
  | 'pictureResizing'
  | 'posterReply'
  | 'uploadLocks'
  | 'repeatedUpload'
  | 'uploadNames'
  | 'badImage'
  | 'unreachableImage'
> = {
  valueWithoutLock: {
    shows: async ({ edit, simulator }) => {
      await edit({ ...first, 'studio.value': 'S' });
      const state = simulator.library.read('1');
      return [state?.fields.studio, state?.locks];
    },
    sides: { locks: ['S', ['studio']], 'no-effect': [undefined, []] },
  },
  badIdInEdit: {
    shows: async ({ edit, simulator }) => {
      const status = await edit({ type: 1, id: '1,999', 'studio.value': 'S', 'studio.locked': 1 });
      return [status, simulator.library.read('1')?.fields.studio];
    },
    sides: { ignored: [200, 'S'], '404': [404, undefined] },
  },
  missingTypeInEdit: {
    shows: async ({ edit, simulator }) => {
      const status = await edit({ id: 1, 'studio.value': 'S', 'studio.locked': 1 });
      return [status, simulator.library.read('1')?.fields.studio];
    },
    sides: { '400': [400, undefined], accepted: [200, 'S'] },
  },
  yearEdit: {
    shows: async ({ edit, item }) => {
      await edit({ ...first, 'year.value': 1984, 'year.locked': 1 });
      return (await item('1')).year;
    },
    sides: { ignored: undefined, applied: 1984 },
  },
  titleSortAfterTitleEdit: {
    shows: async ({ edit, item }) => {
      await edit({ ...first, 'title.value': 'New', 'title.locked': 1 });
      return (await item('1')).titleSort;
    },
    sides: { recomputed: undefined, kept: 'Scene 1' },
  },
  noneAgentRefresh: {
    given: {
      sections: [
        { title: 'Movies', items: [{ title: 'Edited', files: [{ path: '/data/File.mp4', size: 1 }] }] },
      ],
    },
    shows: async ({ clock, item, send }) => {
      await send('PUT', '/library/metadata/1/refresh');
      clock.advance(1000);
      return (await item('1')).title;
    },
    sides: { keeps: 'Edited', retitles: 'File' },
  },
  editAlerts: {
    shows: async ({ edit, simulator }) => {
      const frames = await framesOf(simulator, () =>
        edit({ ...first, 'title.value': 'x', 'title.locked': 1 }),
      );
      return frames.map((frame) => frame.TimelineEntry?.[0]?.state);
    },
    // A library without an agent ends at 1.
    sides: { processed: [1], 'all-states': [3, 4, 1], none: [] },
  },
  privateUrls: {
    shows: async ({ edit, simulator }) => {
      const actor = { 'actor[0].tag.tag': 'Ada', 'actor[0].tag.thumb': 'http://192.168.1.20/a.jpg' };
      await edit({ ...first, ...actor, 'actor.locked': 1 });
      return simulator.library.read('1')?.actors.at(-1)?.thumb;
    },
    sides: { refused: '', fetched: 'http://192.168.1.20/a.jpg' },
  },
  posterReply: {
    shows: async (visitor) => (await upload(visitor)).text(),
    sides: { empty: '', path: '/library/metadata/1' },
  },
  uploadLocks: {
    shows: async (visitor) => {
      await upload(visitor);
      return visitor.simulator.library.read('1')?.locks;
    },
    sides: { locks: ['thumb'], leaves: [] },
  },
  uploadNames: {
    shows: async (visitor) => {
      await upload(visitor);
      return visitor.simulator.library.read('1')?.selectedPoster?.split('/').at(-1)?.length;
    },
    sides: { sha1: 40, own: 32 },
  },
  pictureResizing: {
    shows: async ({ item, send }) => {
      const { thumb = '' } = await item('1');
      const { status, headers } = await send('GET', `/photo/:/transcode?url=${encodeURIComponent(thumb)}`);
      return [status, headers.get('content-type')];
    },
    sides: { works: [200, 'image/png'], missing: [404, 'text/html'] },
  },
  repeatedUpload: {
    shows: async (visitor) => {
      await upload(visitor);
      await visitor.send('PUT', '/library/metadata/1/poster?url=media%3A%2F%2F1%2Fthumb');
      await upload(visitor);
      return visitor.simulator.library.read('1')?.selectedPoster?.split(':')[0];
    },
    sides: { selects: 'upload', leaves: 'media' },
  },
  badImage: {
    shows: async (visitor) => (await upload(visitor, '', 'no image')).status,
    sides: { '400': 400, '500': 500 },
  },
  unreachableImage: {
    shows: async (visitor) => {
      const { status } = await upload(visitor, '?url=http%3A%2F%2F127.0.0.1%3A9%2Fp.png', null);
      return [status, visitor.simulator.library.read('1')?.selectedPoster];
    },
    sides: { '200': [200, 'media://1/thumb'], '400': [400, 'media://1/thumb'] },
  },
};
