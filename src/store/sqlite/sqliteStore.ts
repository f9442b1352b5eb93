import type { Comparison } from '../comparisonPort.ts';
import type { DestroyedScenes } from '../destroyedScenes.ts';
import type { Holds } from '../holds.ts';
import type { Images } from '../images.ts';
import type { FileIndex, Journal, Links, Meta, Queue, Store, StoreExam } from '../port.ts';
import type { SceneMemory } from '../sceneMemory.ts';
import type { Undos } from '../undos.ts';
import { SqliteComparison } from './comparison.ts';
import type { Connection } from './connection.ts';
import { SqliteDestroyedScenes } from './destroyedScenes.ts';
import { examine } from './examine.ts';
import { SqliteFileIndex } from './fileIndex.ts';
import { SqliteHolds } from './holds.ts';
import { SqliteImages } from './images.ts';
import { SqliteJournal } from './journal.ts';
import { SqliteLinks } from './links.ts';
import { SqliteMeta } from './meta.ts';
import { SqliteQueue } from './queue.ts';
import { SqliteSceneMemory } from './sceneMemory.ts';
import { SqliteUndos } from './undos.ts';

/** The store over a connection whose schema is up to date. */
export class SqliteStore implements Store {
  readonly queue: Queue;
  readonly links: Links;
  readonly index: FileIndex;
  readonly journal: Journal;
  readonly images: Images;
  readonly scenes: SceneMemory;
  readonly comparison: Comparison;
  readonly destroyed: DestroyedScenes;
  readonly holds: Holds;
  readonly undos: Undos;
  readonly meta: Meta;
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.queue = new SqliteQueue(connection);
    this.links = new SqliteLinks(connection);
    this.index = new SqliteFileIndex(connection);
    this.journal = new SqliteJournal(connection);
    this.images = new SqliteImages(connection);
    this.scenes = new SqliteSceneMemory(connection);
    this.comparison = new SqliteComparison(connection);
    this.destroyed = new SqliteDestroyedScenes(connection);
    this.holds = new SqliteHolds(connection);
    this.undos = new SqliteUndos(connection);
    this.meta = new SqliteMeta(connection);
  }

  examine(goesOn: () => boolean): Promise<StoreExam> {
    return examine(this.#connection, goesOn);
  }

  async close(): Promise<void> {
    this.#connection.close();
  }
}
