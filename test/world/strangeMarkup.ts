/** Tags with what stands in them, quotes and all; none, where a text of others stands escaped. */
const TAG = /<(?:[a-z!/?][^\s>/]*)(?:[^>"']|"[^"]*"|'[^']*')*>?/giu;

/**
 * What no page of ours holds by itself: handlers in attributes, scripts that stand in the page, addresses that run.
 * The first of them; null: the page is clean.
 */
export function strangeMarkup(page: string): string | null {
  for (const [tag] of page.matchAll(TAG)) {
    // What stands in quotes is no markup: an attribute ends where its quotes do.
    const bare = tag.replace(/"[^"]*"|'[^']*'/gu, '""');
    if (/[\s/"]on[a-z]+\s*=/iu.test(bare)) return tag;
    if (
      /^<(?:script|iframe|object|embed|base|style)\b/iu.test(tag) &&
      !/^<script [^>]*src="\/assets\//iu.test(tag)
    )
      return tag;
    if (
      !tag.startsWith('<link rel="icon" href="data:image/svg+xml,') &&
      /(?:href|src|action|formaction)\s*=\s*["']?\s*(?:javascript|data|vbscript):/iu.test(tag)
    )
      return tag;
    if (/owned/u.test(bare)) return tag;
  }
  return null;
}
