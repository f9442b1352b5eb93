import { isFailure } from '../core/failure.ts';
import type { RatingKey } from '../core/ids.ts';
import { MAX_IMAGE_BYTES } from '../core/images/cover.ts';
import { fail, type Result, succeed } from '../core/result.ts';
import { isDoubtful, itemFailure, type PlexProblem, plexFailure } from './plexFailure.ts';
import { type ItemReading, readItems } from './readItems.ts';

/** Twice what is shown, for sharp screens. */
const SIZE = 'width=240&height=360&minSize=1&upscale=0';
const SMALL_AT_MOST = 2 * 1024 * 1024;

/** Anything else is not Plex's own, and not asked for: an agent may name an address anywhere. */
const THUMB = /^\/library\/metadata\/\d+\/thumb\/\d+$/;

/**
 * Asked of Plex's resizing of pictures, as its own web app asks; where that fails [U], the picture itself is taken.
 * A sign-in that is refused here may be that of the resizing alone: it must not stop all work.
 */
export async function readPoster(reading: ItemReading, key: RatingKey): Promise<Result<Uint8Array | null>> {
  const read = await readItems(reading, [key]);
  if (!read.ok) return read;
  const item = read.value.get(key) ?? null;
  if (item === null) return succeed(null);
  if (isFailure(item)) return fail(item);
  const { poster } = item.imagePaths;
  if (!THUMB.test(poster)) return succeed(null);
  const small = await reading.ask.getPicture(
    `/photo/:/transcode?${SIZE}&url=${encodeURIComponent(poster)}`,
    SMALL_AT_MOST,
  );
  if (small.ok) return small;
  if (!isAnswered(small.failure)) return fail(plexFailure(small.failure));
  const whole = await reading.ask.getPicture(poster, MAX_IMAGE_BYTES);
  if (whole.ok) return whole;
  return fail(isAnswered(whole.failure) ? itemFailure(whole.failure) : plexFailure(whole.failure));
}

const isAnswered = (problem: PlexProblem): boolean => isDoubtful(problem) || problem.kind === 'status';
