import { ratingKey, sectionKey, sectionUuid } from '../../../../src/core/ids.ts';
import { type Result, succeed } from '../../../../src/core/result.ts';
import { keepItems, toIndexed } from '../../../../src/engine/indexPages.ts';
import { type AskPlex, createAskPlex } from '../../../../src/plex/askPlex.ts';
import { decodeNotification } from '../../../../src/plex/decodeNotification.ts';
import {
  decodeIdentity,
  decodeSections,
  decodeServer,
  decodeStreams,
} from '../../../../src/plex/decodeServer.ts';
import { createImages } from '../../../../src/plex/images.ts';
import { itemFailure, plexFailure, serverFailure } from '../../../../src/plex/plexFailure.ts';
import { decodeAccount, decodePin, decodeServers } from '../../../../src/plex/plexTv/decodePlexTv.ts';
import { readItems } from '../../../../src/plex/readItems.ts';
import { readSectionPage } from '../../../../src/plex/readSectionPage.ts';
import type { Store } from '../../../../src/store/port.ts';
import { openStore } from '../../../../src/store/sqlite/openStore.ts';
import { bytesOf, demand, jsonBytes, jsonOf, pureTarget, type Target, textOf } from '../target.ts';
import { answeringHttp } from './answeringHttp.ts';
import { demandWords } from './stashAnswers.ts';

const PART = { id: 70, file: '/media/a/b.mp4', size: 123456, duration: 61500 };
export const RAW_ITEM = {
  ratingKey: '7',
  title: 'B',
  updatedAt: 1_700_000_000,
  addedAt: 1_700_000_000,
  librarySectionID: 1,
  librarySectionUUID: 'uuid-1',
  titleSort: 'b',
  studio: 'Studio',
  summary: 'Words',
  originallyAvailableAt: '2024-02-29',
  thumb: '/library/metadata/7/thumb/1700000000',
  rating: 7.5,
  userRating: '8',
  Genre: [{ tag: 'A' }, { tag: 'B' }],
  Role: [{ tag: 'Somebody', role: 'Herself', thumb: 'https://example.org/a.jpg' }],
  Field: [{ name: 'title', locked: '1' }],
  Media: [{ proxyType: 0, duration: 61500, Part: [PART] }],
};
const container = (facts: object) => jsonBytes({ MediaContainer: facts });
const SEEDS = [
  container({ size: 1, totalSize: 1, librarySectionID: 1, Metadata: [RAW_ITEM] }),
  container({ totalSize: '2', Metadata: [RAW_ITEM, { ...RAW_ITEM, ratingKey: 8 }] }),
  container({ machineIdentifier: 'abc', version: '1.43', platform: 'Linux' }),
  container({
    Directory: [
      {
        uuid: 'uuid-1',
        key: '1',
        title: 'Movies',
        type: 'movie',
        refreshing: false,
        Location: [{ path: '/media' }],
      },
    ],
  }),
  container({ Metadata: [{ Player: { state: 'playing' } }] }),
  container({
    Metadata: [{ ratingKey: 'upload://posters/ab', key: '/library/metadata/7/file?url=a', selected: true }],
  }),
  bytesOf('<?xml version="1.0"?>\n<Response code="503" title="Maintenance" status="Plex is starting."/>'),
  bytesOf('<html><head><title>Not Found</title></head><body><h1>404 Not Found</h1></body></html>'),
  bytesOf('<MediaContainer size="1"><Video ratingKey="7"/></MediaContainer>'),
];

const SECTION = sectionUuid('uuid-1');
/** A database in memory with some thousand items more would tell nothing new. */
const INPUTS_A_STORE = 1_000;

async function freshStore(): Promise<Store> {
  const opened = openStore({ file: ':memory:', now: 0 });
  if (!opened.ok) throw new Error(opened.failure.message);
  await opened.value.store.index.beginListing({ uuid: SECTION, key: sectionKey('1'), title: 'Movies' });
  return opened.value.store;
}

/** A page of a library goes into the index, twice: the second time nothing has changed. */
async function takeIntoIndex(ask: AskPlex, store: Store): Promise<void> {
  const page = await readSectionPage(ask, { section: sectionKey('1'), start: 0, size: 500 });
  if (!page.ok) return demandWords(plexFailure(page.failure));
  const { items, totalSize, received, unreadable } = page.value;
  demand(
    Number.isSafeInteger(totalSize) && totalSize >= 0 && received >= items.length,
    'a page can be counted',
  );
  for (const words of unreadable) demand(words.length < 2_000, 'what cannot be read is told in some words');
  const clock = { now: () => 1_700_000_000_000, sleep: () => Promise.resolve() };
  const indexed = items.map(toIndexed);
  const keys = indexed.map(({ ratingKey }) => ({ section: SECTION, ratingKey }));
  await keepItems(SECTION, { items: indexed, generation: 1 }, { store, clock });
  const parts = await store.index.partsOf(keys);
  const isOnce = new Set(keys.map(({ ratingKey }) => ratingKey)).size === keys.length;
  if (isOnce)
    demand((await store.index.putItems(SECTION, indexed, 1)).length === 0, 'what is read again is no news');
  await store.index.findParts({
    pathKeys: [],
    nameKeys: ['b.mp4'],
    sizes: parts.flatMap(({ size }) => (size === null ? [] : [size])),
  });
}

const answers: Target = {
  name: 'answers of Plex',
  seeds: SEEDS,
  weight: 10,
  async open() {
    const { http, answer } = answeringHttp();
    const ask = createAskPlex(http, { token: 'token', clientIdentifier: 'id', version: '1' });
    const images = createImages(ask, (problem) => Promise.resolve(itemFailure(problem)));
    let store = await freshStore();
    let inputs = 0;
    return {
      async feed(input: Uint8Array) {
        answer(input);
        inputs += 1;
        if (inputs % INPUTS_A_STORE === 0) {
          await store.close();
          store = await freshStore();
        }
        await takeIntoIndex(ask, store);
        const keys = [ratingKey('7'), ratingKey('8')];
        const read = await readItems({ ask, proveServer: () => Promise.resolve(succeed(null)) }, keys);
        demandWords(read);
        if (read.ok)
          for (const item of read.value.values()) if (item !== null && 'class' in item) demandWords(item);
        demandWords(await images.images({ ratingKey: ratingKey('7'), kind: 'poster' }));
        const about = await ask.get('/');
        if (!about.ok) return demandWords(serverFailure(about.failure));
        for (const decode of DECODERS) demandFew(decode(about.value.container));
      },
      close: () => store.close(),
    };
  },
};

const DECODERS: readonly ((container: unknown) => Result<unknown, string>)[] = [
  decodeIdentity,
  decodeServer,
  decodeSections,
  decodeStreams,
];

function demandFew(decoded: Result<unknown, string>): void {
  if (!decoded.ok) demand(decoded.failure.length < 2_000, 'a failure is told in some words');
}

const TV_SEEDS = [
  { id: 1, code: 'abcd', expiresIn: 900, authToken: null },
  { friendlyName: 'A', title: 'b', username: 'c' },
  [
    {
      name: 'Server',
      provides: 'server',
      clientIdentifier: 'abc',
      accessToken: 't',
      owned: true,
      connections: [{ uri: 'https://a.plex.direct:32400', address: '10.0.0.1', port: 32400, local: true }],
    },
  ],
].map(jsonBytes);

const plexTv = pureTarget('answers of plex.tv', TV_SEEDS, (input) => {
  const json = jsonOf(input);
  for (const decode of [decodePin, decodeAccount, decodeServers]) demandFew(decode(json));
});

const FRAMES = [
  {
    type: 'timeline',
    TimelineEntry: [
      {
        identifier: 'com.plexapp.plugins.library',
        itemID: '7',
        sectionID: '1',
        type: 1,
        state: 5,
        updatedAt: 1,
      },
    ],
  },
  {
    type: 'activity',
    ActivityNotification: [{ event: 'ended', Activity: { type: 'library.update.section' } }],
  },
  { type: 'status', StatusNotification: [{ notificationName: 'LIBRARY_UPDATE' }] },
].map((facts) => jsonBytes({ NotificationContainer: facts }));

const frames = pureTarget('frames of Plex’s notifications', FRAMES, (input) => {
  for (const event of decodeNotification(textOf(input))) {
    if (event.kind === 'item') {
      demand(/^\d+$/.test(event.ratingKey), 'an item has an id');
      demand(event.updatedAt === null || Number.isSafeInteger(event.updatedAt), 'a time is a whole number');
    }
  }
});

export const PLEX_ANSWER_TARGETS: readonly Target[] = [answers, plexTv, frames];
