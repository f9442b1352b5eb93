import * as v from 'valibot';
import type { Failure } from '../core/failure.ts';
import type { RatingKey } from '../core/ids.ts';
import type { Item } from '../core/item.ts';
import { fail, type Result, succeed } from '../core/result.ts';
import { issueWords } from '../http/issueWords.ts';
import type { AskPlex, PlexAnswer } from './askPlex.ts';
import { decodeItem } from './decodeItem.ts';
import { digits } from './lenient.ts';
import { isDoubtful, itemFailure, type PlexProblem, plexFailure } from './plexFailure.ts';

export type ItemsRead = ReadonlyMap<RatingKey, Item | null | Failure>;

export interface ItemReading {
  readonly ask: AskPlex;
  /** Is it Plex that answers? Asked when an answer is strange. */
  readonly proveServer: () => Promise<Result<unknown>>;
}

/** Longer lists of ids have failed (plex reference §3.8). */
const ITEMS_PER_REQUEST = 50;

export async function readItems(
  { ask, proveServer }: ItemReading,
  keys: readonly RatingKey[],
): Promise<Result<ItemsRead>> {
  let proof: Promise<Result<unknown>> | null = null;
  const reading: ItemReading = {
    ask,
    proveServer: () => {
      proof ??= proveServer();
      return proof;
    },
  };
  const wanted = [...new Set(keys.map(checked))];
  const items = new Map<RatingKey, Item | null | Failure>();
  for (let start = 0; start < wanted.length; start += ITEMS_PER_REQUEST) {
    const read = await readBatch(reading, wanted.slice(start, start + ITEMS_PER_REQUEST));
    if (!read.ok) return read;
    for (const [key, item] of read.value) items.set(key, item);
  }
  return succeed(items);
}

/**
 * A request that fails is repeated in halves, down to the items that are to blame: one unknown id may make
 * Plex refuse a list of them [U], and an item that it cannot show does.
 */
async function readBatch(reading: ItemReading, batch: readonly RatingKey[]): Promise<Result<ItemsRead>> {
  // Without skipRefresh reading may make Plex refresh and analyse the items (plex reference §2).
  const answer = await reading.ask.get(`/library/metadata/${batch.join(',')}?skipRefresh=1`);
  const read = answer.ok ? itemsOf(answer.value, batch) : answer;
  if (read.ok) return read;
  if (!isDoubtful(read.failure)) return fail(plexFailure(read.failure));
  const proven = await reading.proveServer();
  if (!proven.ok) return proven;

  if (batch.length === 1) return succeed(new Map(batch.map((key) => [key, toBlame(read.failure)])));
  const half = Math.ceil(batch.length / 2);
  const first = await readBatch(reading, batch.slice(0, half));
  if (!first.ok) return first;
  const second = await readBatch(reading, batch.slice(half));
  return second.ok ? succeed(new Map([...first.value, ...second.value])) : second;
}

function toBlame(problem: PlexProblem): null | Failure {
  return problem.kind === 'status' && problem.status === 404 ? null : itemFailure(problem);
}

/** What was asked for and did not come is gone. */
function itemsOf(
  { container, description }: PlexAnswer,
  batch: readonly RatingKey[],
): Result<ItemsRead, PlexProblem> {
  const senseless = (why: string): PlexProblem => ({
    kind: 'senseless',
    message: `Plex sent an item in an unknown shape: ${why}: ${description}`,
  });
  const list = v.safeParse(MetadataSchema, container['Metadata']);
  if (!list.success) return fail(senseless(issueWords(list.issues)));
  const raws = new Map(list.output.map((raw) => [raw.ratingKey, raw]));
  return succeed(
    new Map(
      batch.map((key) => {
        const raw = raws.get(key);
        if (raw === undefined) return [key, null];
        const item = decodeItem(raw, container);
        return [key, item.ok ? item.value : itemFailure(senseless(item.failure))];
      }),
    ),
  );
}

/** An item without an id might be any of those asked for, so that none may be taken for gone. */
const MetadataSchema = v.nullish(v.array(v.looseObject({ ratingKey: digits })), []);

/** Keys are checked where they come in; another one here is a bug of ours. */
function checked(key: RatingKey): RatingKey {
  if (!v.is(digits, key)) throw new Error(`${JSON.stringify(key)} is no id of an item.`);
  return key;
}
