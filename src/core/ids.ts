/**
 * Identifiers that must not be mixed up. A brand costs nothing at run time; the only way to get one is
 * the constructor below, called where the outside world is parsed.
 */
declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

/** A scene in Stash: decimal digits. Autoincrement, never reused within one Stash database. */
export type SceneId = Branded<'SceneId'>;
/** A performer, studio, tag or group in Stash: decimal digits. */
export type EntityId = Branded<'EntityId'>;
/** A Plex item: decimal digits, server-wide, never reused; a moved file may get a new one. */
export type RatingKey = Branded<'RatingKey'>;
/** A Plex library as URLs name it. Changes when the library is deleted and made again, as does the uuid. */
export type SectionKey = Branded<'SectionKey'>;
/** A Plex library as we remember it: titles and keys may repeat or be reused, uuids not. */
export type SectionUuid = Branded<'SectionUuid'>;
/** A Plex server. */
export type MachineIdentifier = Branded<'MachineIdentifier'>;

export const sceneId = (value: string): SceneId => value as SceneId;
export const entityId = (value: string): EntityId => value as EntityId;
export const ratingKey = (value: string): RatingKey => value as RatingKey;
export const sectionKey = (value: string): SectionKey => value as SectionKey;
export const sectionUuid = (value: string): SectionUuid => value as SectionUuid;
export const machineIdentifier = (value: string): MachineIdentifier => value as MachineIdentifier;

/** Stash counts in 64 bits, and its whole answer fails over an id beyond them. */
const LARGEST_STASH_ID = 2n ** 63n - 1n;

/** The one rule for ids of Stash, wherever they come from: autoincrements from 1 on, written without zeros before. */
export const isStashId = (text: string): boolean =>
  /^[1-9]\d{0,18}$/.test(text) && BigInt(text) <= LARGEST_STASH_ID;

/** Orders decimal ids by value without losing digits of long ones. */
export function compareIds(a: string, b: string): number {
  if (a.length !== b.length) return a.length - b.length;
  return a < b ? -1 : a > b ? 1 : 0;
}
