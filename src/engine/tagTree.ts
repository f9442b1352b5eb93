import type { EntityId } from '../core/ids.ts';
import { type Result, succeed } from '../core/result.ts';
import type { Settings } from '../core/settings/table.ts';
import type { StashClient } from '../stash/stashClient.ts';

/**
 * Which tags lie below those of `tags_below`. A scene shows its tags alone, so that it is asked about once, and anew
 * after a tag has changed: by whatever way, that makes a job about the tag first.
 */
export class TagTree {
  readonly #parts: { readonly stash: StashClient; readonly settings: Settings };
  #below: ReadonlySet<EntityId> | null = null;

  constructor(parts: { readonly stash: StashClient; readonly settings: Settings }) {
    this.#parts = parts;
  }

  /** Null: all tags may be carried. */
  async below(): Promise<Result<ReadonlySet<EntityId> | null>> {
    const { stash, settings } = this.#parts;
    if (settings.tags_below.length === 0 || this.#below !== null) return succeed(this.#below);
    const read = await stash.tagsBelow(settings.tags_below);
    if (read.ok) this.#below = read.value;
    return read;
  }

  forget(): void {
    this.#below = null;
  }
}
