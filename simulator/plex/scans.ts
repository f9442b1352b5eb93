import { randomUUID } from 'node:crypto';
import type { Agent } from './agent.ts';
import { type Clock, epochSeconds } from './clock.ts';
import type { Disk } from './disk.ts';
import { filesOf, type Library } from './library.ts';
import { type Item, isUnder, type Section } from './model.ts';
import {
  type Activity,
  deletionEntry,
  finalState,
  type Notifications,
  TIMELINE_STATES,
  timelineEntry,
} from './notifications.ts';
import type { Switches } from './switches.ts';

/** Between the request and `refreshing` (plex reference §4). */
const LATE_START_MS = 500;
/** The section id comes only with the second event of an activity (plex reference §4). */
const CONTEXT_AFTER_MS = 400;
const SCAN_MS = 1000;
/** Duration and thumb come after the scan has ended. */
const ANALYSIS_MS = 1000;

export interface ScanSurroundings {
  readonly library: Library;
  readonly disk: Disk;
  readonly agent: Agent;
  readonly notifications: Notifications;
  readonly switches: Switches;
  readonly clock: Clock;
}

/** Looks for new and missing files. One scan a section at a time; what is asked meanwhile makes one more. */
export class Scanner {
  readonly #around: ScanSurroundings;
  readonly #wanted = new Map<string, Set<string>>();
  readonly #busy = new Set<string>();
  readonly #activities = new Map<string, Activity>();
  readonly #trashed = new Set<string>();

  constructor(around: ScanSurroundings) {
    this.#around = around;
  }

  activities(): readonly Activity[] {
    return [...this.#activities.values()];
  }

  /** `folder` null: the whole section. A folder outside its locations does nothing (plex reference §4). */
  request(section: Section, folder: string | null): void {
    const { locations } = section;
    const folders =
      folder === null
        ? locations
        : [folder].filter((one) => locations.some((at) => one === at || isUnder(one, at)));
    if (folders.length === 0) return;
    const wanted = this.#wanted.get(section.key) ?? new Set();
    for (const one of folders) wanted.add(one);
    this.#wanted.set(section.key, wanted);
    if (this.#busy.has(section.key)) return;
    this.#busy.add(section.key);
    if (this.#around.switches.scanStart === 'at-once') this.#start(section.key);
    else this.#around.clock.after(LATE_START_MS, () => this.#start(section.key));
  }

  emptyTrash(section: Section): void {
    for (const key of this.#trashed) {
      const item = this.#around.library.item(key);
      if (item?.sectionKey === section.key) this.#remove(item);
    }
  }

  #start(sectionKey: string): void {
    const { clock, library, notifications } = this.#around;
    const section = library.section(sectionKey);
    const folders = [...(this.#wanted.get(sectionKey) ?? [])];
    this.#wanted.delete(sectionKey);
    if (section === undefined) return;
    library.updateSection({ ...section, isRefreshing: true });
    const activity: Activity = {
      uuid: randomUUID(),
      type: 'library.update.section',
      title: `Scanning ${section.title}`,
      subtitle: section.title,
      progress: -1,
    };
    this.#activities.set(activity.uuid, activity);
    notifications.activity('started', activity);
    const found = this.#findNew(section, folders);
    notifications.timeline(
      found.map((item) => timelineEntry(item, TIMELINE_STATES.created, { metadataState: 'created' })),
    );
    const known = { ...activity, librarySectionID: sectionKey, progress: 50 };
    clock.after(CONTEXT_AFTER_MS, () => {
      this.#activities.set(activity.uuid, known);
      notifications.activity('updated', known);
    });
    clock.after(SCAN_MS, () => this.#end(section, folders, { ...known, progress: 100 }));
    clock.after(SCAN_MS + ANALYSIS_MS, () => {
      for (const { ratingKey } of found) this.#analyse(ratingKey, section);
    });
  }

  #end(started: Section, folders: readonly string[], activity: Activity): void {
    const { clock, library, notifications } = this.#around;
    const section = library.section(started.key);
    this.#busy.delete(started.key);
    this.#activities.delete(activity.uuid);
    if (section === undefined) return;
    this.#restore();
    this.#findGone(section, folders);
    library.updateSection({ ...section, isRefreshing: false, scannedAt: epochSeconds(clock) });
    notifications.activity('ended', activity);
    notifications.scanComplete();
    if (this.#wanted.has(section.key)) {
      this.#busy.add(section.key);
      this.#start(section.key);
    }
  }

  #findNew(section: Section, folders: readonly string[]): readonly Item[] {
    const { clock, disk, library, switches } = this.#around;
    const isIn = (path: string): boolean => folders.some((folder) => isUnder(path, folder));
    const isKnown = (path: string): boolean =>
      library.keysAt(path).some((key) => library.item(key)?.sectionKey === section.key);
    const fresh = disk.added().filter((file) => isIn(file.path) && !isKnown(file.path));
    return fresh.flatMap((file) => {
      const moved = switches.movedFile === 'same-key' ? this.#missingOfSize(section, file.size) : undefined;
      if (moved !== undefined) {
        const media = moved.media.map((one) => ({
          ...one,
          parts: one.parts.map((part) => (part.size === file.size ? { ...part, file: file.path } : part)),
        }));
        library.put({ ...moved, media, updatedAt: epochSeconds(clock) });
        return [];
      }
      const updatedAt = switches.updatedAtOfNewItems === 'absent' ? null : epochSeconds(clock);
      const made = library.add(section.key, { files: [file], updatedAt });
      const item = { ...made, guid: `local://${made.ratingKey}`, otherGuids: [], isAnalysed: false };
      library.put(item);
      return [item];
    });
  }

  #missingOfSize(section: Section, size: number): Item | undefined {
    const { disk, library } = this.#around;
    return disk
      .missing()
      .flatMap((path) => library.keysAt(path))
      .flatMap((key) => library.item(key) ?? [])
      .find(
        (item) => item.sectionKey === section.key && item.media.some((one) => one.parts[0]?.size === size),
      );
  }

  #analyse(ratingKey: string, section: Section): void {
    const { agent, clock, library, notifications, switches } = this.#around;
    const item = library.item(ratingKey);
    if (item === undefined) return;
    const updatedAt = switches.updatedAtOfNewItems === 'absent' ? item.updatedAt : epochSeconds(clock);
    const ready = { ...agent.answered(item), isAnalysed: true, updatedAt };
    library.put(ready);
    notifications.timeline([
      timelineEntry(ready, TIMELINE_STATES.progress, { mediaState: 'analyzing' }),
      timelineEntry(ready, finalState(section)),
    ]);
  }

  #findGone(section: Section, folders: readonly string[]): void {
    const { disk, library, switches } = this.#around;
    const gone = disk
      .missing()
      .filter((path) => disk.isMounted(path) && folders.some((folder) => isUnder(path, folder)))
      .flatMap((path) => library.keysAt(path))
      .flatMap((key) => library.item(key) ?? [])
      .filter((item) => item.sectionKey === section.key);
    for (const item of gone) {
      const media = item.media.filter((one) => one.parts.some((part) => disk.has(part.file)));
      if (switches.autoEmptyTrash === 'off') {
        if (media.length === 0) this.#trash(item);
      } else if (media.length === 0) this.#remove(item);
      else library.put({ ...item, media });
    }
    if (switches.unmountedRoot === 'trashed' && disk.unmountedFolders().length > 0) {
      for (const item of [...library.itemsOf(section.key)]) {
        const files = filesOf(item);
        if (files.length > 0 && !files.some((file) => disk.isMounted(file))) this.#trash(item);
      }
    }
  }

  #trash(item: Item): void {
    if (item.deletedAt !== null) return;
    this.#trashed.add(item.ratingKey);
    this.#around.library.put({ ...item, deletedAt: epochSeconds(this.#around.clock) });
  }

  /** A file that came back takes its item out of the trash. */
  #restore(): void {
    for (const key of this.#trashed) {
      const item = this.#around.library.item(key);
      if (item !== undefined && !filesOf(item).some((file) => this.#around.disk.has(file))) continue;
      this.#trashed.delete(key);
      if (item !== undefined) this.#around.library.put({ ...item, deletedAt: null });
    }
  }

  #remove(item: Item): void {
    this.#trashed.delete(item.ratingKey);
    this.#around.library.remove(item.ratingKey);
    this.#around.notifications.timeline([deletionEntry(item, this.#around.switches)]);
  }
}
