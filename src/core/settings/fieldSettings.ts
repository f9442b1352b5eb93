import type { FieldName } from '../field.ts';
import type { SettingFacts } from './table.ts';

/** What is carried from Stash to Plex, and how: the rows of the table of settings about fields. */
export const FIELD_SETTINGS = {
  sync_title: {
    kind: 'boolean',
    label: 'Title',
    default: true,
    words: 'Carry the title, as `title_template` puts it together.',
  },
  title_template: {
    kind: 'template',
    label: 'Title: template',
    default: '{title}',
    words:
      'What the title is made of. A scene without a title keeps Plex’s; what stands between two words goes when one of them is empty.',
    example: '{studio} - {title}',
  },
  sort_title_template: {
    kind: 'template',
    label: 'Sort title: template',
    default: '',
    words: 'What the sort title is made of; empty: Plex makes its own.',
    example: '{studio} {date}',
  },
  sync_original_title: {
    kind: 'boolean',
    label: 'Original title',
    default: false,
    words: 'Carry the studio’s code of a scene as the original title.',
  },
  sync_studio: { kind: 'boolean', label: 'Studio', default: true, words: 'Carry the studio.' },
  studio_name: {
    kind: 'choice',
    label: 'Studio: which',
    default: 'own',
    choices: ['own', 'top'],
    words: 'The studio of the scene itself, or the topmost of its parents (four levels are looked at).',
  },
  sync_summary: {
    kind: 'boolean',
    label: 'Summary',
    default: true,
    words: 'Carry the details of a scene as the summary.',
  },
  tagline_template: {
    kind: 'template',
    label: 'Tagline: template',
    default: '',
    words: 'What the tagline is made of, for which Stash has no field; empty: it is left alone.',
    example: '{groups}',
  },
  sync_date: {
    kind: 'boolean',
    label: 'Date',
    default: true,
    words: 'Carry the date; a year or a month alone becomes its first day.',
  },
  content_rating: {
    kind: 'text',
    label: 'Content rating',
    default: '',
    words: 'The content rating that every scene gets; empty: it is left alone.',
    example: 'XXX',
  },
  rating: {
    kind: 'choice',
    label: 'Rating',
    default: 'off',
    choices: ['off', 'stars', 'critic'],
    words:
      'Carry the rating of a scene: as the stars of the user whose token it is, or as the critics’ rating that all users see.',
  },
  sync_performers: {
    kind: 'boolean',
    label: 'Performers',
    default: true,
    words: 'Carry the performers as actors, 50 at most.',
  },
  performer_role: {
    kind: 'choice',
    label: 'Performers: role',
    default: 'off',
    choices: ['off', 'disambiguation', 'alias'],
    words:
      'What is written as the role of an actor: the disambiguation of the performer, or the first alias. Where that is empty, Plex’s role stays.',
  },
  performer_photo: {
    kind: 'text',
    label: 'Performers: photo',
    default: '',
    words:
      'Public https address of a photo with {performer} or {id} in it, sent with an actor whom Plex has no photo of. Plex fetches it itself, so that an address of Stash is refused: it would hand the API key to Plex. Empty: none.',
    example: 'https://photos.example.org/{performer}.jpg',
  },
  sync_director: {
    kind: 'boolean',
    label: 'Director',
    default: true,
    words: 'Carry the director; several are separated by commas or semicolons.',
  },
  sync_tags: { kind: 'boolean', label: 'Tags', default: true, words: 'Carry the tags as genres.' },
  max_tags: {
    kind: 'number',
    label: 'Tags at most',
    default: 100,
    min: 1,
    max: 500,
    isWhole: true,
    words: 'Tags of one scene that are sent at most; the first ones in Stash’s order.',
  },
  tag_name: {
    kind: 'choice',
    label: 'Tags: name',
    default: 'name',
    choices: ['name', 'alias', 'sort_name'],
    words:
      'What a tag is called in Plex: its name, its first alias, or its sort name (Stash 0.28 and newer); its name where that is empty.',
  },
  include_tags: {
    kind: 'list',
    label: 'Tags: only these',
    default: [],
    words: 'Names of the tags that become genres; empty: all.',
  },
  exclude_tags: {
    kind: 'list',
    label: 'Tags: not these',
    default: [],
    words: 'Names of tags that never become genres.',
    example: 'Needs review, Duplicate',
  },
  tags_below: {
    kind: 'list',
    label: 'Tags: only below',
    default: [],
    words: 'Names of tags: only what lies below one of them, at any depth, becomes a genre; empty: all.',
    example: 'Genre',
  },
  studio_collection: {
    kind: 'boolean',
    label: 'Collection: studio',
    default: false,
    words: 'Put a scene into a collection with the name of its studio.',
  },
  group_collections: {
    kind: 'boolean',
    label: 'Collections: groups',
    default: false,
    words: 'Put a scene into a collection for each of its groups.',
  },
  tag_collections: {
    kind: 'list',
    label: 'Collections: tags',
    default: [],
    words: 'Names of tags whose scenes are put into a collection of that name.',
  },
  labels: {
    kind: 'list',
    label: 'Labels',
    default: [],
    words: 'Labels that every scene gets. Plex capitalises their first letter.',
    example: 'Stash',
  },
  organized_label: {
    kind: 'text',
    label: 'Label: organized',
    default: '',
    words: 'The label that organized scenes get; empty: none.',
    example: 'Organized',
  },
  tag_labels: {
    kind: 'list',
    label: 'Labels: tags',
    default: [],
    words: 'Names of tags whose scenes get a label of that name.',
  },
  lock_fields: {
    kind: 'boolean',
    label: 'Lock fields',
    default: true,
    words:
      'Lock each field that is written, so that no refresh of metadata in Plex undoes it. Off: a field stays as locked or unlocked as it was.',
  },
} as const satisfies Record<string, SettingFacts>;

/** The settings of each field. */
export const SETTINGS_OF_FIELDS: { readonly [Name in FieldName]: readonly (keyof typeof FIELD_SETTINGS)[] } =
  {
    title: ['sync_title', 'title_template'],
    titleSort: ['sort_title_template'],
    originalTitle: ['sync_original_title'],
    studio: ['sync_studio', 'studio_name'],
    summary: ['sync_summary'],
    tagline: ['tagline_template'],
    originallyAvailableAt: ['sync_date'],
    contentRating: ['content_rating'],
    rating: ['rating'],
    userRating: ['rating'],
    actors: ['sync_performers', 'performer_role', 'performer_photo'],
    directors: ['sync_director'],
    genres: ['sync_tags', 'max_tags', 'tag_name', 'include_tags', 'exclude_tags', 'tags_below'],
    collections: ['studio_collection', 'group_collections', 'tag_collections'],
    labels: ['labels', 'organized_label', 'tag_labels'],
  };
