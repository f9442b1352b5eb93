/**
 * What Stash puts into `hookContext.input`, which differs by operation (stash reference §2.7): some inputs
 * come with every key of their type, null where unset; others only with the keys that were given.
 */
type Input = Readonly<Record<string, unknown>>;

const SCENE_UPDATE_KEYS = words(`
  clientMutationId id title code details director url urls date rating100 o_counter organized studio_id
  gallery_ids performer_ids movies groups tag_ids cover_image stash_ids resume_time play_duration play_count
  primary_file_id`);
const PERFORMER_KEYS = words(`
  name disambiguation url urls gender birthdate ethnicity country eye_color height height_cm measurements
  fake_tits penis_length circumcised career_length tattoos piercings aliases alias_list twitter instagram
  favorite tag_ids image stash_ids rating100 details death_date hair_color weight ignore_auto_tag
  custom_fields`);
const STUDIO_KEYS = words(`
  name url urls parent_id image stash_ids rating100 favorite details aliases tag_ids ignore_auto_tag`);
const DESTROY_KEYS = ['delete_file', 'delete_generated'];
const UNSET_CUSTOM_FIELDS = { custom_fields: { full: null, partial: null, remove: null } };

export const sceneUpdateInput = (input: Input): Input =>
  withAllKeys(SCENE_UPDATE_KEYS, { ...input, groups: withIndexes(input['groups']) });
export const sceneDestroyInput = (input: Input): Input => withAllKeys(['id', ...DESTROY_KEYS], input);
export const scenesDestroyInput = (input: Input): Input => withAllKeys(['ids', ...DESTROY_KEYS], input);
export const performerCreateInput = (input: Input): Input => withAllKeys(PERFORMER_KEYS, input);
export const performerUpdateInput = (input: Input): Input =>
  withAllKeys(['id', ...PERFORMER_KEYS], { ...UNSET_CUSTOM_FIELDS, ...input });
export const studioCreateInput = (input: Input): Input => withAllKeys(STUDIO_KEYS, input);
export const studioUpdateInput = (input: Input): Input => withAllKeys(['id', ...STUDIO_KEYS], input);

/** Omits what is unset and, alike, what was set to null: only `inputFields` tells them apart. */
export const givenInput = (input: Input): Input =>
  Object.fromEntries(Object.entries(input).filter(([, value]) => value !== null && value !== undefined));

/** In no order that one could rely on: Go's maps have none. */
export const inputFields = (input: Input): readonly string[] => Object.keys(input).toReversed();

/** Within an input that has every key, so have the groups. */
function withIndexes(groups: unknown): unknown {
  if (!Array.isArray(groups)) return groups;
  return groups.map((group: Input) => withAllKeys(['group_id', 'scene_index'], group));
}

function withAllKeys(keys: readonly string[], input: Input): Input {
  return Object.fromEntries(keys.map((key) => [key, input[key] ?? null]));
}

function words(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}
