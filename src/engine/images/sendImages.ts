import { createHash } from 'node:crypto';
import type { Failure } from '../../core/failure.ts';
import { whyNotSent } from '../../core/images/cover.ts';
import type { ImageDecision } from '../../core/images/decideImage.ts';
import type { SentImage } from '../../core/images/imageBase.ts';
import { type PlexImage, uploadKey } from '../../core/images/imageKind.ts';
import { selectedKey } from '../../core/images/selection.ts';
import { type Result, succeed } from '../../core/result.ts';
import { concernsServer } from '../concernsServer.ts';
import type { PlannedTarget, WriteParts } from '../sendEdits.ts';
import { giveImage } from './giveImage.ts';
import type { CoverLook } from './lookAtCovers.ts';
import type { Decided, PlannedImage } from './planImages.ts';

/** What became of one image. */
export type ImageResult =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'sent'; readonly sent: SentImage }
  /** It is another cover by now, or none: looked at again when the scene is. */
  | { readonly kind: 'overtaken' }
  | { readonly kind: 'failed'; readonly failure: Failure; readonly intended: SentImage | null }
  | { readonly kind: 'untried' };

/** By target and image. */
export type ImageResults = ReadonlyMap<PlannedImage, ImageResult>;

/** An edit that comes meanwhile waits for the end of the batch; the other images go on after it. */
const LONGEST_MS = 5_000;

/**
 * Sends what is to be sent, one image after the other, so that one at most is held in memory. It ends with the first
 * answer that says that a server is away, and when it has taken long.
 */
export async function sendImages(
  targets: readonly PlannedTarget[],
  parts: WriteParts,
): Promise<ImageResults> {
  const results = new Map<PlannedImage, ImageResult>();
  const until = parts.clock.now() + LONGEST_MS;
  let isOver = false;
  for (const target of targets) {
    for (const image of target.images) {
      const result = isOver && isToSend(image) ? UNTRIED : await sendImage(target, image, parts);
      if (result.kind === 'failed' && concernsServer(result.failure)) isOver = true;
      if (result.kind === 'sent' && parts.clock.now() >= until) isOver = true;
      if (result.kind === 'sent') parts.meter.fieldSent(image.look.kind);
      results.set(image, result);
    }
  }
  return results;
}

const isToSend = ({ outcome }: PlannedImage): boolean =>
  outcome.kind === 'decided' && outcome.decision.act !== 'nothing';

const UNTRIED: ImageResult = { kind: 'untried' };

async function sendImage(
  target: PlannedTarget,
  { look, outcome }: PlannedImage,
  parts: WriteParts,
): Promise<ImageResult> {
  if (outcome.kind === 'failed') return { kind: 'failed', failure: outcome.failure, intended: null };
  const { decision } = outcome;
  if (decision.act === 'nothing') return { kind: 'nothing' };
  const wanted = await wantedImage(target, { look, decision }, parts);
  if (wanted.kind !== 'wanted') return wanted;
  const { bytes, intended } = wanted;
  const listed = await listBefore(target, outcome, parts);
  if (!listed.ok) return { kind: 'failed', failure: listed.failure, intended: null };
  const list = listed.value;
  const before = list === null ? decision.before : selectedKey(list);
  if (before !== intended.key) await intend(target, { decision, before, intended, parts });
  const given = await giveImage(
    {
      item: target.item,
      kind: look.kind,
      key: intended.key,
      bytes,
      list,
      before,
      isLockMissing: decision.isLockMissing,
    },
    parts.plex,
  );
  if (!given.ok) return { kind: 'failed', failure: given.failure, intended };
  CRASH_STEP: parts.reach('image-sent');
  return { kind: 'sent', sent: { ...intended, key: given.value } };
}

/** What Plex holds and shows; null where it is known to show our last one. */
async function listBefore(
  { item }: PlannedTarget,
  { decision, list }: Decided,
  { plex }: WriteParts,
): Promise<Result<readonly PlexImage[] | null>> {
  if (list !== null || decision.before !== null) return succeed(list);
  return plex.images({ ratingKey: item.ratingKey, kind: decision.kind });
}

type WantedImage =
  | { readonly kind: 'wanted'; readonly bytes: Uint8Array | null; readonly intended: SentImage }
  | Extract<ImageResult, { kind: 'overtaken' | 'failed' }>;

async function wantedImage(
  { link }: PlannedTarget,
  { look, decision }: { readonly look: CoverLook; readonly decision: ImageDecision },
  { stash }: WriteParts,
): Promise<WantedImage> {
  if (decision.act === 'select') {
    const held = decision.arrived ?? look.base?.written ?? null;
    if (held === null) throw new Error(`${decision.key} is to be selected and was never sent`);
    return { kind: 'wanted', bytes: null, intended: held };
  }
  const cover = await stash.cover(link.sceneId);
  if (!cover.ok) return { kind: 'failed', failure: cover.failure, intended: null };
  if (cover.value === null || whyNotSent(cover.value.head) !== null) return { kind: 'overtaken' };
  const { bytes, head } = cover.value;
  const key = uploadKey(decision.kind, createHash('sha1').update(bytes).digest('hex'));
  return { kind: 'wanted', bytes, intended: { key, coverTag: head.tag } };
}

/** Before it is sent, so that a crash between the two never makes us take our own image for somebody else's. */
async function intend(
  { link }: PlannedTarget,
  given: {
    readonly decision: ImageDecision;
    readonly before: string | null;
    readonly intended: SentImage;
    readonly parts: WriteParts;
  },
): Promise<void> {
  const { decision, before, intended, parts } = given;
  const { kind, wasLocked, reason } = decision;
  const change = {
    field: kind,
    before: before ?? '',
    after: intended.key,
    wasLocked,
    wasLockOurs: false,
    isLocked: true,
    ours: { before: null, after: intended.key },
    entries: null,
    reason,
  };
  const { sceneId, item } = link;
  await parts.store.images.intend({ sceneId, item, kind, intended, change, source: null }, parts.clock.now());
  CRASH_STEP: parts.reach('image-intended');
}
