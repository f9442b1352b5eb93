import type { SceneId } from '../core/ids.ts';
import type { Result } from '../core/result.ts';
import type { ListedScene, StashClient } from '../stash/stashClient.ts';

interface PageRequest {
  readonly after: SceneId | null;
  readonly limit: number;
}

type Page = Promise<Result<readonly ListedScene[]>>;

/** Whole scenes by their ids. The page after the present one is read while that is worked on. */
export class ScenePages {
  readonly #stash: StashClient;
  #ahead: { readonly request: PageRequest; readonly page: Page } | null = null;

  constructor(stash: StashClient) {
    this.#stash = stash;
  }

  async take(request: PageRequest): Page {
    const ahead = this.#ahead;
    this.forget();
    const isAhead = ahead?.request.after === request.after && ahead.request.limit === request.limit;
    const page = await (isAhead ? ahead.page : this.#stash.scenesAfter(request));
    const last = page.ok && page.value.length === request.limit ? page.value.at(-1) : undefined;
    if (last !== undefined) {
      const next = { ...request, after: last.id };
      this.#ahead = { request: next, page: this.#stash.scenesAfter(next) };
    }
    return page;
  }

  forget(): void {
    this.#ahead = null;
  }
}
