import { type Item, type ItemKey, itemKeyText } from '../core/item.ts';
import { itemValuesText } from '../core/itemValues.ts';
import { hashText } from './hashText.ts';

/** More than are edited in the seconds for which it matters. */
const KEPT = 5_000;

/**
 * What items held when we last read our edits back. Plex's times count seconds, so that an edit by somebody else in
 * the second of ours shows in nothing but the values. Of this process only: an item unknown here is read anew.
 */
export class VerifiedValues {
  readonly #hashes = new Map<string, string>();

  note(key: ItemKey, item: Item): void {
    const text = itemKeyText(key);
    this.#hashes.delete(text);
    this.#hashes.set(text, hashText(itemValuesText(item)));
    const [oldest] = this.#hashes.keys();
    if (this.#hashes.size > KEPT && oldest !== undefined) this.#hashes.delete(oldest);
  }

  /** False also when we know nothing of it. */
  areStill(key: ItemKey, item: Item): boolean {
    return this.#hashes.get(itemKeyText(key)) === hashText(itemValuesText(item));
  }
}
