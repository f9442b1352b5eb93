import type { Candidate } from '../failure.ts';
import { type ItemKey, itemKeyText } from '../item.ts';
import { EVIDENCE, type Evidence } from '../link.ts';
import type { SceneFile } from '../scene.ts';
import {
  bestGroup,
  type CandidatePart,
  compareParts,
  firstOfEachItem,
  groupsOf,
  toCandidate,
} from './candidates.ts';
import {
  contradictsSize,
  EVIDENCE_WORDS,
  evidenceOf,
  type FileEvidence,
  type PathRules,
} from './evidence.ts';
import { NEAR_MISS_WORDS, type NearMiss, nearMisses, refusedPins } from './nearMiss.ts';
import { quotedPath } from './quotedPath.ts';

export interface MatchRequest<Found extends CandidatePart> extends PathRules {
  /** Of one scene, the primary file first. */
  readonly files: readonly SceneFile[];
  /** Items that a person chose for the scene. Their parts must be among the candidates to count. */
  readonly pinned: readonly ItemKey[];
  /** What the index found for {@link lookupKeys}; may hold parts that belong to other scenes. */
  readonly candidates: readonly Found[];
  /** Several items that match equally well: true leaves the scene to a person, false takes the best one. */
  readonly isStrict: boolean;
}

interface FoundLink<Found extends CandidatePart> {
  readonly item: ItemKey;
  readonly evidence: Evidence;
  readonly file: SceneFile;
  readonly part: Found;
}

/** Which items a scene is. `words` say in plain words why it is none. */
export type Verdict<Found extends CandidatePart> =
  /** One link for each item, best founded first. Never empty. */
  | { readonly kind: 'matched'; readonly links: readonly FoundLink<Found>[] }
  | {
      readonly kind: 'ambiguous';
      readonly words: string;
      readonly evidence: Evidence;
      /** One for each item. */
      readonly candidates: readonly Candidate[];
    }
  | { readonly kind: 'none'; readonly words: string; readonly nearest: readonly NearMiss[] }
  | { readonly kind: 'not-syncable'; readonly words: string };

/**
 * Which items of Plex are this scene? By evidence alone, strongest first, never by title; a known size is
 * never contradicted. Each file of the scene is judged for itself and may bring its own item.
 */
export function matchScene<Found extends CandidatePart>(request: MatchRequest<Found>): Verdict<Found> {
  const files = request.files.filter((file) => !file.isInZip);
  if (files.length === 0) return notSyncable(request.files);
  const pinned = matchPinned(files, request);
  if (pinned !== null) return pinned;

  const findings = files.flatMap((file) => findingOf(file, request));
  const links = onePerItem(findings.flatMap((finding) => linksOf(finding, request)));
  if (links.length > 0) return { kind: 'matched', links };
  return findings.length > 0
    ? ambiguous(findings)
    : none(files, nearMisses(files, request.candidates, request));
}

// ── Pinned ───────────────────────────────────────────────────────────────────────────────────────────

/**
 * A person's choice is the whole answer. If none of the chosen items is there any more it has no object, and
 * the scene is matched as if there were none; if a chosen item holds other files now, nothing else is taken.
 */
function matchPinned<Found extends CandidatePart>(
  files: readonly SceneFile[],
  request: MatchRequest<Found>,
): Verdict<Found> | null {
  const chosen = new Set(request.pinned.map(itemKeyText));
  const parts = request.candidates
    .filter((part) => chosen.has(itemKeyText(part.item)))
    .toSorted(compareParts);
  if (parts.length === 0) return null;
  const pairs = files.flatMap((file) =>
    parts
      .filter((part) => !contradictsSize(file, part))
      .map((part) => ({
        item: part.item,
        file,
        part,
        evidence: evidenceOf(file, part, request)?.evidence ?? null,
      })),
  );
  const bestFirst = pairs.toSorted((a, b) => strength(a.evidence) - strength(b.evidence));
  const links = onePerItem(bestFirst.map((pair) => ({ ...pair, evidence: 'pinned' as const })));
  if (links.length > 0) return { kind: 'matched', links };
  return none(files, refusedPins(parts));
}

// ── One file ─────────────────────────────────────────────────────────────────────────────────────────

/** The parts that match one file at the strongest level that any part reaches. */
interface Finding<Found extends CandidatePart> {
  readonly file: SceneFile;
  readonly evidence: Evidence;
  readonly parts: readonly Found[];
}

function findingOf<Found extends CandidatePart>(
  file: SceneFile,
  request: MatchRequest<Found>,
): Finding<Found>[] {
  const hits = request.candidates.flatMap((part) => {
    const found = evidenceOf(file, part, request);
    return found === null ? [] : [{ part, found }];
  });
  const [best] = hits.toSorted((a, b) => compareEvidence(a.found, b.found));
  if (best === undefined) return [];
  const parts = hits
    .filter((hit) => compareEvidence(hit.found, best.found) === 0)
    .map((hit) => hit.part)
    .toSorted(compareParts);
  return [{ file, evidence: best.found.evidence, parts }];
}

/** None when several items match and a person must choose. */
function linksOf<Found extends CandidatePart>(
  { file, evidence, parts }: Finding<Found>,
  { isStrict, isPlexCaseSensitive }: MatchRequest<Found>,
): readonly FoundLink<Found>[] {
  const toLinks = (found: readonly Found[]) =>
    found.map((part) => ({ item: part.item, evidence, file, part }));
  // Items at the very path of the file hold that file, in however many libraries they are.
  if (evidence === 'path') return toLinks(parts);
  const groups = groupsOf(parts, isPlexCaseSensitive);
  if (isStrict && groups.length > 1) return [];
  return toLinks(bestGroup(groups, file.path));
}

const strength = (evidence: Evidence | null): number =>
  evidence === null ? EVIDENCE.length : EVIDENCE.indexOf(evidence);

const compareEvidence = (a: FileEvidence, b: FileEvidence): number =>
  strength(a.evidence) - strength(b.evidence) || a.rank - b.rank;

/** Of several links to one item the best founded stays; among equals that of the earlier file. */
const onePerItem = <Found extends CandidatePart>(
  links: readonly FoundLink<Found>[],
): readonly FoundLink<Found>[] =>
  firstOfEachItem(links.toSorted((a, b) => strength(a.evidence) - strength(b.evidence)));

// ── No link ──────────────────────────────────────────────────────────────────────────────────────────

function notSyncable(files: readonly SceneFile[]): Verdict<never> {
  const words =
    files.length === 0
      ? 'The scene has no file, so Plex cannot have it.'
      : 'The scene’s files all lie inside zip files, which Plex does not look into.';
  return { kind: 'not-syncable', words };
}

function ambiguous(findings: readonly Finding<CandidatePart>[]): Verdict<never> {
  const evidence = findings
    .map((finding) => finding.evidence)
    .reduce((best, other) => (strength(other) < strength(best) ? other : best));
  const parts = findings
    .filter((finding) => finding.evidence === evidence)
    .flatMap((finding) => finding.parts);
  const candidates = firstOfEachItem(parts.toSorted(compareParts)).map(toCandidate);
  const words = `${candidates.length} items of Plex match equally well (${EVIDENCE_WORDS[evidence]}).`;
  return { kind: 'ambiguous', words, evidence, candidates };
}

function none(files: readonly SceneFile[], nearest: readonly NearMiss[]): Verdict<never> {
  const sought = files.map((file) => quotedPath(file.path)).join(', ');
  const [first] = nearest;
  const hint =
    first === undefined ? '' : ` Nearest is ${quotedPath(first.path)}: ${NEAR_MISS_WORDS[first.reason]}.`;
  return { kind: 'none', words: `Plex has no file that matches ${sought}.${hint}`, nearest };
}
