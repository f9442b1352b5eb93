import { generatedItems } from '../generatedItems.ts';
import type { Sides } from './side.ts';

const overlong = (bytes: number): string => `/library/sections/1/all?${'x'.repeat(bytes)}`;

const wantsChunks = async (response: Response): Promise<unknown> => ({
  length: response.headers.get('content-length') !== null,
  // Whole again, though a piece ended inside a character.
  text: /title="(é+)"/.exec(await response.text())?.[1],
});

export const transportSides: Sides<
  | 'jsonNumbers'
  | 'jsonBooleans'
  | 'framing'
  | 'plainHttp'
  | 'urlLimit'
  | 'plusInQuery'
  | 'guestEdits'
  | 'guestPrefs'
  | 'dateHeader'
  | 'totalSize'
  | 'pageSize'
  | 'unpagedList'
  | 'unknownFilter'
  | 'badIdInDetails'
> = {
  jsonNumbers: {
    shows: async ({ get, item }) => {
      const { size, librarySectionID } = await get('/library/metadata/1');
      const [media] = (await item('1')).Media ?? [];
      const list = await get('/library/sections/1/all?type=1&limit=1');
      return [
        size,
        librarySectionID,
        media?.id,
        media?.Part[0]?.id,
        list.size,
        list.Metadata?.[0]?.Media?.[0]?.id,
      ];
    },
    sides: { mixed: ['1', '1', '100', '100', 1, 100], numbers: [1, 1, 100, 100, 1, 100] },
  },
  jsonBooleans: {
    shows: async ({ get }) => (await get('/library/sections')).Directory?.[0]?.refreshing,
    sides: { 'true-false': false, 'one-zero': 0 },
  },
  framing: {
    given: { sections: [{ title: 'Movies', items: [{ title: 'éééééééé' }] }] },
    shows: async ({ send }) => wantsChunks(await send('GET', '/library/metadata/1')),
    sides: {
      'content-length': { length: true, text: 'éééééééé' },
      chunked: { length: false, text: 'éééééééé' },
    },
  },
  plainHttp: {
    shows: async ({ send }) => {
      const response = await send('GET', '/identity').catch(() => null);
      return [response?.status, response?.headers.get('location')?.replace(/:\d+/, '')];
    },
    sides: {
      served: [200, undefined],
      redirected: [302, 'https://127.0.0.1/identity'],
      reset: [undefined, undefined],
    },
  },
  urlLimit: {
    shows: async ({ send }) => {
      const answers = await Promise.all([5000, 9000].map((bytes) => send('GET', overlong(bytes))));
      return answers.map((response) => response.status);
    },
    sides: { '8192': [200, 414], '4096': [414, 414], none: [200, 200] },
  },
  plusInQuery: {
    shows: async ({ item, send }) => {
      await send('PUT', '/library/sections/1/all?type=1&id=1&title.value=a+b%2Bc&title.locked=1');
      return (await item('1')).title;
    },
    sides: { space: 'a b+c', literal: 'a+b+c' },
  },
  guestEdits: {
    given: { guestToken: 'guest' },
    shows: async ({ send, simulator }) => {
      const headers = { 'X-Plex-Token': 'guest' };
      const read = await send('GET', '/library/metadata/1', { headers });
      const edit = '/library/sections/1/all?type=1&id=1&title.value=x&title.locked=1';
      const write = await send('PUT', edit, { headers });
      return [read.status, write.status, simulator.library.read('1')?.title];
    },
    sides: { '403': [200, 403, 'Scene 1'], '401': [200, 401, 'Scene 1'] },
  },
  guestPrefs: {
    given: { guestToken: 'guest' },
    shows: async ({ send }) => {
      const guest = await send('GET', '/:/prefs', { headers: { 'X-Plex-Token': 'guest' } });
      return [guest.status, (await send('GET', '/:/prefs')).status];
    },
    sides: { '403': [403, 200], '401': [401, 200], served: [200, 200] },
  },
  dateHeader: {
    shows: async ({ clock, send }) => {
      const date = (await send('GET', '/identity')).headers.get('date');
      return date === null ? null : Math.round((Date.parse(date) - clock.now()) / 3_600_000);
    },
    sides: { now: 0, 'an-hour-ahead': 1, absent: null },
  },
  totalSize: {
    shows: async ({ get }) => {
      const whole = await get('/library/sections/1/all?type=1');
      const none = await get(
        '/library/sections/1/all?type=1&X-Plex-Container-Start=0&X-Plex-Container-Size=0',
      );
      return [whole.totalSize, none.totalSize];
    },
    sides: { 'only-paged': [undefined, 10], always: [10, 10] },
  },
  pageSize: {
    given: { sections: [{ title: 'Movies', items: generatedItems(120) }] },
    shows: async ({ get }) => {
      const page = await get(
        '/library/sections/1/all?type=1&X-Plex-Container-Start=0&X-Plex-Container-Size=100',
      );
      return [page.size, page.Metadata?.length, page.totalSize];
    },
    sides: { 'as-asked': [100, 100, 120], 'at-most-50': [50, 50, 120] },
  },
  unpagedList: {
    given: { sections: [{ title: 'Movies', items: generatedItems(1001) }] },
    shows: async ({ clock, send }) => {
      const startedAt = clock.now();
      let isAnswered = false;
      const list = send('GET', '/library/sections/1/all?type=1').then(() => {
        isAnswered = true;
      });
      while (!isAnswered) {
        await send('GET', '/identity');
        clock.advance(1);
      }
      await list;
      return clock.now() - startedAt >= 400;
    },
    sides: { slow: true, fast: false },
  },
  unknownFilter: {
    shows: async ({ send }) => (await send('GET', '/library/sections/1/all?type=1&file=/data/1')).status,
    sides: { ignored: 200, '400': 400 },
  },
  badIdInDetails: {
    shows: async ({ send }) => {
      const response = await send('GET', '/library/metadata/1,999,4');
      return [
        response.status,
        [...(await response.text()).matchAll(/ratingKey="(\d+)"/g)].map(([, key]) => key),
      ];
    },
    sides: { 'left-out': [200, ['1', '4']], '404': [404, []] },
  },
};
