import { onTestFinished } from 'vitest';
import { type SteppedClock, steppedClock } from '../clock.ts';
import { type PlexSimulator, type PlexSimulatorOptions, startPlexSimulator } from '../server.ts';
import { generatedItems } from './generatedItems.ts';

/** As much of an item as tests look at. */
export interface Shown {
  readonly ratingKey: string;
  readonly title?: string;
  readonly titleSort?: string;
  readonly studio?: string;
  readonly summary?: string;
  readonly year?: number;
  readonly guid?: string;
  readonly thumb?: string;
  readonly duration?: number;
  readonly userRating?: number;
  readonly viewCount?: number;
  readonly updatedAt?: number;
  readonly deletedAt?: number;
  readonly selected?: boolean;
  readonly sessionKey?: string;
  readonly Player?: { readonly state: string };
  readonly User?: { readonly title: string };
  readonly Genre?: readonly ShownTag[];
  readonly Label?: readonly ShownTag[];
  readonly Role?: readonly ShownTag[];
  readonly Field?: readonly { readonly name: string; readonly locked: unknown }[];
  readonly Guid?: readonly { readonly id: string }[];
  readonly Media?: readonly ShownMedia[];
}

interface ShownTag {
  readonly id?: number;
  readonly filter?: string;
  readonly tag: string;
  readonly role?: string;
  readonly thumb?: string;
}

interface ShownMedia {
  readonly id: unknown;
  readonly proxyType?: number;
  readonly Part: readonly { readonly id: unknown; readonly file: string; readonly exists?: unknown }[];
}

export interface Container {
  readonly size?: unknown;
  readonly totalSize?: number;
  readonly offset?: number;
  readonly librarySectionID?: unknown;
  readonly machineIdentifier?: string;
  readonly Metadata?: readonly Shown[];
  readonly Directory?: readonly {
    readonly key: string;
    readonly title: string;
    readonly refreshing: unknown;
    readonly scannedAt: number;
    readonly uuid: string;
  }[];
  readonly Activity?: readonly {
    readonly type: string;
    readonly Context?: { readonly librarySectionID: string };
  }[];
}

interface Init extends Omit<RequestInit, 'headers'> {
  readonly headers?: Readonly<Record<string, string>>;
}

/** Somebody who asks a simulator over HTTP, and the clock it goes by. */
export interface Visitor {
  readonly simulator: PlexSimulator;
  readonly clock: SteppedClock;
  send(method: string, path: string, init?: Init): Promise<Response>;
  /** JSON. Throws when the answer is no container. */
  get(path: string): Promise<Container>;
  xml(path: string): Promise<string>;
  /** Details of one item. */
  item(ratingKey: string): Promise<Shown>;
  /** PUTs to the first library; answers the status. */
  edit(parameters: Readonly<Record<string, string | number>>): Promise<number>;
}

/** For one test: the simulator closes when the test ends. Ten items, unless other sections are given. */
export async function visited(options: PlexSimulatorOptions = {}): Promise<Visitor> {
  const clock = steppedClock();
  const sections = [{ title: 'Movies', items: generatedItems(10) }];
  const simulator = await startPlexSimulator({ clock, sections, ...options });
  onTestFinished(() => simulator.close());
  const send = (method: string, path: string, init: Init = {}): Promise<Response> =>
    fetch(`${simulator.url}${path}`, {
      method,
      redirect: 'manual',
      ...init,
      headers: { 'X-Plex-Token': simulator.token, ...init.headers },
    });
  const get = async (path: string): Promise<Container> => {
    const response = await send('GET', path, { headers: { accept: 'application/json' } });
    const body = (await response.json()) as { readonly MediaContainer: Container };
    return body.MediaContainer;
  };
  return {
    simulator,
    clock,
    send,
    get,
    xml: async (path) => (await send('GET', path)).text(),
    item: async (ratingKey) => {
      const [item] = (await get(`/library/metadata/${ratingKey}`)).Metadata ?? [];
      if (item === undefined) throw new Error(`no item ${ratingKey} in the answer`);
      return item;
    },
    edit: async (parameters) => {
      const pairs = Object.entries(parameters).map(([key, value]) => `${key}=${encodeURIComponent(value)}`);
      return (await send('PUT', `/library/sections/1/all?${pairs.join('&')}`)).status;
    },
  };
}

export const names = (tags: readonly { readonly tag: string }[] | undefined): readonly string[] =>
  (tags ?? []).map(({ tag }) => tag);
