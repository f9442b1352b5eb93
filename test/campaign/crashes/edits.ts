import { leaveHookEvent } from '../../processes/hookEvent.ts';
import { png } from '../../world/pictures.ts';
import type { Random } from '../random.ts';
import type { Ledger } from './ledger.ts';
import type { Site } from './site.ts';

/** Edits that somebody makes in Stash, no two alike. */
export class Edits {
  readonly #site: Site;
  readonly #random: Random;
  readonly #ledger: Ledger;
  readonly #tagIds: readonly number[];
  #count = 0;

  constructor(site: Site, random: Random, ledger: Ledger) {
    this.#site = site;
    this.#random = random;
    this.#ledger = ledger;
    const { library } = site.servers.stash;
    this.#tagIds = ['Tag a', 'Tag b', 'Tag c'].map((name) => library.addTag({ name }).id);
  }

  /** Any scene, and what a hook would say of it; returns its number. */
  scene(): number {
    const { stash, scene } = this.#site.servers;
    const number = this.#random.pick(this.#site.numbers);
    const row = scene(number);
    const count = this.#next();
    const tagIds = [...new Set([...row.tagIds, this.#random.pick(this.#tagIds)])].filter(() =>
      this.#random.isChance(0.7),
    );
    stash.library.editScene(
      row,
      this.#random.isChance(0.7) ? { title: `Edit ${count}`, tagIds } : { tagIds },
    );
    if (this.#random.isChance(0.25)) this.#giveCover(number);
    return number;
  }

  /** Told as hook.sh does. */
  told(): number {
    const number = this.scene();
    this.tell(number);
    return number;
  }

  tell(number: number): void {
    const { inboxDir, scene } = this.#site.servers;
    leaveHookEvent(inboxDir, { type: 'Scene.Update.Post', id: scene(number).id });
  }

  /** A scene gets another cover. */
  cover(): void {
    const number = this.#random.pick(this.#site.numbers);
    this.#giveCover(number);
    this.tell(number);
  }

  several(most: number): void {
    for (let left = this.#random.integer(1, most); left > 0; left--) this.told();
  }

  /** A tag of many scenes. */
  rename(): void {
    const { stash, inboxDir } = this.#site.servers;
    const tag = stash.library.tags.get(this.#random.pick(this.#tagIds));
    if (tag === undefined) throw new Error('a tag has gone');
    stash.library.tags.update(tag, { name: `Tag ${this.#next()}` });
    leaveHookEvent(inboxDir, { type: 'Tag.Update.Post', id: tag.id });
  }

  #giveCover(number: number): void {
    const { stash, scene } = this.#site.servers;
    stash.library.setCover(scene(number), png(`cover ${this.#next()}`));
  }

  #next(): number {
    this.#ledger.count('edits in Stash');
    this.#count += 1;
    return this.#count;
  }
}
