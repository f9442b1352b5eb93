import type { ListFieldName } from '../field.ts';
import type { Actor } from '../item.ts';
import type { Performer, Scene, Tag } from '../scene.ts';
import type { FieldSettings } from '../settings/table.ts';
import { foldName, normalForm } from '../text.ts';
import type { DesireRules } from './desired.ts';
import { photoOf } from './performerPhoto.ts';

/** What Stash has for a list, in its order; null: the field is off. */
export const namesWanted = (
  field: ListFieldName,
  scene: Scene,
  rules: DesireRules,
): readonly string[] | null => WANTED[field](scene, rules);

type Wanted = (scene: Scene, rules: DesireRules) => readonly string[] | null;

const WANTED: { readonly [Name in ListFieldName]: Wanted } = {
  actors: ({ performers }, { settings }) =>
    settings.sync_performers ? performers.map(({ name }) => name) : null,
  directors: ({ director }, { settings }) => (settings.sync_director ? directorsOf(director) : null),
  genres: (scene, rules) => (rules.settings.sync_tags ? genresOf(scene, rules) : null),
  collections: (scene, { settings }) => {
    const { studio_collection, group_collections, tag_collections } = settings;
    if (!studio_collection && !group_collections && tag_collections.length === 0) return null;
    return [
      ...(studio_collection && scene.studio !== null ? [scene.studio.name] : []),
      ...(group_collections ? scene.groups.map(({ name }) => name) : []),
      ...tagsNamed(tag_collections, scene).map((tag) => tag.name),
    ];
  },
  labels: (scene, { settings }) => {
    const { labels, organized_label, tag_labels } = settings;
    if (labels.length === 0 && organized_label === '' && tag_labels.length === 0) return null;
    return [
      ...labels,
      ...(scene.isOrganized && organized_label !== '' ? [organized_label] : []),
      ...tagsNamed(tag_labels, scene).map((tag) => tag.name),
    ];
  },
};

function genresOf(scene: Scene, { settings, tagsBelow }: DesireRules): readonly string[] {
  const { include_tags, exclude_tags, tag_name } = settings;
  const excluded = new Set(tagsNamed(exclude_tags, scene));
  const included = include_tags.length === 0 ? scene.tags : tagsNamed(include_tags, scene);
  return included
    .filter((tag) => !excluded.has(tag) && (tagsBelow === null || tagsBelow.has(tag.id)))
    .map((tag) => tagName(tag, tag_name));
}

/** The tags of a scene that a list of names means, in the scene's order. */
export function tagsNamed(names: readonly string[], { tags }: Pick<Scene, 'tags'>): readonly Tag[] {
  if (names.length === 0) return [];
  const wanted = new Set(names.map(foldName));
  return tags.filter(({ name }) => wanted.has(foldName(name)));
}

function tagName(tag: Tag, which: FieldSettings['tag_name']): string {
  const other = { name: '', alias: tag.aliases[0] ?? '', sort_name: tag.sortName }[which];
  return other === '' ? tag.name : other;
}

/** Stash has one text for all directors. `Ivo Stone, Jr.` is one of them. */
const BETWEEN_DIRECTORS = /\s*(?:;|,(?!\s*(?:jr|sr|ii|iii|iv)\b))\s*/i;

const directorsOf = (text: string): readonly string[] => text.split(BETWEEN_DIRECTORS);

/** Those who have a role or a photo; null when neither is carried. */
export function castOf(
  { performers }: Pick<Scene, 'performers'>,
  { sync_performers, performer_role, performer_photo }: FieldSettings,
): readonly Actor[] | null {
  if (!sync_performers || (performer_role === 'off' && performer_photo === '')) return null;
  return performers
    .map((performer) => ({
      name: performer.name,
      role: normalForm(roleOf(performer, performer_role), 'line'),
      thumb: photoOf(performer, performer_photo),
    }))
    .filter(({ role, thumb }) => role !== '' || thumb !== '');
}

const roleOf = (performer: Performer, which: FieldSettings['performer_role']): string =>
  ({ off: '', disambiguation: performer.disambiguation, alias: performer.aliases[0] ?? '' })[which];
