import type { EntityId, SceneId } from './ids.ts';

/** A scene as Stash has it now: what PlexSync reads of it. */
export interface Scene {
  readonly id: SceneId;
  /** Empty for a scanned, unedited scene. */
  readonly title: string;
  readonly details: string;
  /** `YYYY-MM-DD`, since Stash 0.30 also `YYYY-MM` or `YYYY`; null when unset. */
  readonly date: string | null;
  /** The studio's own number of the scene; empty when unset. */
  readonly code: string;
  /** As typed: Stash has one text for all directors. */
  readonly director: string;
  /** 1 to 100; null when unset. */
  readonly rating100: number | null;
  readonly isOrganized: boolean;
  readonly studio: Studio | null;
  readonly performers: readonly Performer[];
  readonly tags: readonly Tag[];
  readonly groups: readonly NamedEntity[];
  /** The first is the primary file. May be empty. */
  readonly files: readonly SceneFile[];
  /** RFC 3339 as Stash printed it, in its own zone, one-second resolution: compare for equality only. */
  readonly updatedAt: string;
}

export interface NamedEntity {
  readonly id: EntityId;
  readonly name: string;
}

export interface Studio extends NamedEntity {
  /** Nearest first; as many as are asked for. */
  readonly parents: readonly NamedEntity[];
}

export const topStudio = ({ studio }: Pick<Scene, 'studio'>): NamedEntity | null =>
  studio?.parents.at(-1) ?? studio;

export interface Performer extends NamedEntity {
  /** Empty when unset. */
  readonly disambiguation: string;
  /** Empty also where they were not asked for: Stash looks up each performer's by itself. */
  readonly aliases: readonly string[];
}

export interface Tag extends NamedEntity {
  /** Empty when unset, or not known to this Stash. */
  readonly sortName: string;
  /** As for performers. */
  readonly aliases: readonly string[];
}

export interface SceneFile {
  /** Absolute, as Stash's host sees it. */
  readonly path: string;
  readonly basename: string;
  /** Bytes; null when Stash does not know. */
  readonly size: number | null;
  readonly durationMs: number | null;
  readonly oshash: string | null;
  /** True for a member of a zip file: Plex cannot have it. */
  readonly isInZip: boolean;
}

/** What scenes carry; a change of one may matter to each scene that does. */
export const ENTITY_KINDS = ['performer', 'studio', 'tag', 'group'] as const;
export type EntityKind = (typeof ENTITY_KINDS)[number];

/** What a job is about: one row in the queue per subject. `library` stands for all scenes at once. */
export type Subject =
  | { readonly kind: 'scene'; readonly id: SceneId }
  | { readonly kind: EntityKind; readonly id: EntityId }
  | { readonly kind: 'library'; readonly id: 'all' };

export const sceneSubject = (id: SceneId): Subject => ({ kind: 'scene', id });
export const entitySubject = (kind: EntityKind, id: EntityId): Subject => ({ kind, id });
export const wholeLibrary: Subject = { kind: 'library', id: 'all' };

/** `scene 42`, `tag 7`, `all scenes`: the words of logs and lists. */
export function subjectName(subject: Subject): string {
  return subject.kind === 'library' ? 'all scenes' : `${subject.kind} ${subject.id}`;
}
