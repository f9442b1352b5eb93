import { done, notFound, type Route } from './api.ts';
import { type Clock, epochSeconds } from './clock.ts';
import { matchedGuid } from './itemInput.ts';
import { filesOf, type Library } from './library.ts';
import {
  type Item,
  NONE_AGENT,
  SCALARS,
  type Scalar,
  TAG_KIND_NAMES,
  type TagKind,
  titleFromFile,
} from './model.ts';
import { finalState, type Notifications, TIMELINE_STATES, timelineEntry } from './notifications.ts';
import type { Switches } from './switches.ts';

/** What an online agent says of a file. */
export interface AgentAnswer {
  readonly fields?: { readonly [Name in Scalar]?: string };
  readonly tags?: { readonly [Kind in TagKind]?: readonly string[] };
}

/** A refresh is asynchronous, so it may overtake or follow an edit (plex reference §8.35). */
const REFRESH_MS = 300;

export interface AgentSurroundings {
  readonly library: Library;
  readonly notifications: Notifications;
  readonly switches: Switches;
  readonly clock: Clock;
}

/** The metadata agents of all libraries: they overwrite what is not locked (plex reference §3.4). */
export class Agent {
  readonly #around: AgentSurroundings;
  readonly #answers = new Map<string, AgentAnswer>();

  constructor(around: AgentSurroundings) {
    this.#around = around;
  }

  /** From now on; libraries without an agent never ask. */
  knows(path: string, answer: AgentAnswer): void {
    this.#answers.set(path, answer);
  }

  refresh(ratingKey: string): void {
    const { clock, library, notifications } = this.#around;
    clock.after(REFRESH_MS, () => {
      const item = library.item(ratingKey);
      const section = item && library.section(item.sectionKey);
      if (item === undefined || section === undefined) return;
      const refreshed = { ...this.answered(item), updatedAt: epochSeconds(clock) };
      library.put(refreshed);
      notifications.timeline([
        timelineEntry(refreshed, TIMELINE_STATES.loading, { metadataState: 'loading' }),
        timelineEntry(refreshed, finalState(section)),
      ]);
    });
  }

  /** The item after its agent was asked. */
  answered(item: Item): Item {
    const { library, switches } = this.#around;
    const [file = ''] = filesOf(item);
    if (library.section(item.sectionKey)?.agent === NONE_AGENT) {
      if (switches.noneAgentRefresh === 'keeps' || item.locks.includes('title')) return item;
      return { ...item, fields: { ...item.fields, title: titleFromFile(file) } };
    }
    const answer = this.#answers.get(file);
    if (answer === undefined) return item;
    const isOpen = (name: string): boolean => !item.locks.includes(name);
    const fields = SCALARS.filter(isOpen).flatMap((name) => {
      const value = answer.fields?.[name];
      return value === undefined ? [] : [[name, value] as const];
    });
    const tags = TAG_KIND_NAMES.filter(isOpen).flatMap((kind) => {
      const names = answer.tags?.[kind];
      if (names === undefined) return [];
      const list = names.map((name) => ({
        tagId: library.tags.intern(kind, name, item.sectionKey).id,
        text: '',
      }));
      return [[kind, list] as const];
    });
    return {
      ...item,
      guid: matchedGuid(item.ratingKey),
      otherGuids: [`tmdb://${item.ratingKey}`],
      fields: { ...item.fields, ...Object.fromEntries(fields) },
      tags: { ...item.tags, ...Object.fromEntries(tags) },
    };
  }
}

export function refreshRoutes(library: Library, agent: Agent): readonly Route[] {
  return [
    {
      methods: ['PUT'],
      path: /^\/library\/metadata\/(?<key>\d+)\/refresh$/,
      kind: 'scans',
      isAdmin: true,
      handle: (_request, { key = '' }) => {
        if (library.item(key) === undefined) return notFound;
        agent.refresh(key);
        return done;
      },
    },
  ];
}
