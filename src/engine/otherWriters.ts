import { OTHER_WRITER_ADVICE, otherWriters } from '../core/otherWriters.ts';
import type { Logger } from '../log/logger.ts';
import type { StashClient } from '../stash/stashClient.ts';

/** Which other plugins write to Plex, as far as Stash told when it was last asked. */
export class OtherWriters {
  readonly #stash: StashClient;
  readonly #logger: Logger;
  #warnings: readonly string[] = [];

  constructor({ stash, logger }: { readonly stash: StashClient; readonly logger: Logger }) {
    this.#stash = stash;
    this.#logger = logger;
  }

  warnings(): readonly string[] {
    return this.#warnings;
  }

  /** A Stash that does not answer this, or not now, leaves it as it was: nothing depends on it. */
  async refresh(): Promise<void> {
    const plugins = await this.#stash.plugins();
    if (!plugins.ok) return;
    const before = new Set(this.#warnings);
    this.#warnings = otherWriters(plugins.value).map((words) => `${words} ${OTHER_WRITER_ADVICE}`);
    for (const warning of this.#warnings) if (!before.has(warning)) this.#logger.warn(warning);
  }
}
