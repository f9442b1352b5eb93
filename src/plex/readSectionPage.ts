import * as v from 'valibot';
import type { ListedItem } from '../core/item.ts';
import { fail, type Result, succeed } from '../core/result.ts';
import { issueWords } from '../http/issueWords.ts';
import type { AskPlex } from './askPlex.ts';
import { decodeListedItem } from './decodeItem.ts';
import { count } from './lenient.ts';
import type { SectionPage, SectionPageRequest } from './plexClient.ts';
import type { PlexProblem } from './plexFailure.ts';

/** Type 1 is a film, and so is every video of a library of that type (plex reference §2). */
const FILM = 'type=1';
/** By default Plex sorts by title, so that our own edits would move items from page to page. */
const SORT = 'sort=addedAt';

export async function readSectionPage(
  ask: AskPlex,
  { section, start, size, since }: SectionPageRequest,
): Promise<Result<SectionPage, PlexProblem>> {
  const filter = since === undefined ? '' : `&${since.field}%3E%3E=${since.time}`;
  const path = `/library/sections/${encodeURIComponent(section)}/all?${FILM}&${SORT}${filter}`;
  const answer = await ask.get(path, {
    'x-plex-container-start': String(start),
    'x-plex-container-size': String(size),
  });
  if (!answer.ok) return answer;
  const { container, headers, description } = answer.value;
  const parsed = v.safeParse(PageSchema, container);
  if (!parsed.success) {
    const why = issueWords(parsed.issues);
    return fail({
      kind: 'senseless',
      message: `Plex sent a list in an unknown shape: ${why}: ${description}`,
    });
  }
  const { Metadata, totalSize } = parsed.output;
  const items: ListedItem[] = [];
  const unreadable: string[] = [];
  for (const [index, raw] of Metadata.entries()) {
    const item = decodeListedItem(raw);
    if (item.ok) items.push(item.value);
    else unreadable.push(`entry ${start + index}: ${item.failure}`);
  }
  const told = totalSize ?? v.parse(count, headers['x-plex-container-total-size']);
  return succeed({
    items,
    received: Metadata.length,
    unreadable,
    totalSize: told ?? start + Metadata.length,
  });
}

const PageSchema = v.object({ Metadata: v.nullish(v.array(v.unknown()), []), totalSize: count });
