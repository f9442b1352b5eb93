import { entityId, ratingKey, sceneId, sectionKey, sectionUuid } from '../../ids.ts';
import type { Item, ItemKey } from '../../item.ts';
import type { Performer, Scene, Studio, Tag } from '../../scene.ts';
import { resolveSettings, settingsDespite } from '../../settings/resolve.ts';

export const SAMPLE_KEY: ItemKey = { section: sectionUuid('library'), ratingKey: ratingKey('7') };

/** An item as Plex has it after the first scan of `/media/Some.File.mp4`. */
export const sampleItem = (values: Partial<Item> = {}): Item => ({
  ratingKey: SAMPLE_KEY.ratingKey,
  section: SAMPLE_KEY.section,
  sectionKey: sectionKey('1'),
  title: 'Some.File',
  updatedAt: 1_700_000_000,
  addedAt: 1_700_000_000,
  deletedAt: null,
  parts: [{ id: '70', path: '/media/Some.File.mp4', size: 1_000, durationMs: 60_000 }],
  titleSort: '',
  originalTitle: '',
  studio: '',
  summary: '',
  tagline: '',
  originallyAvailableAt: '',
  contentRating: '',
  rating: '',
  userRating: '',
  actors: [],
  directors: [],
  genres: [],
  collections: [],
  labels: [],
  imagePaths: { poster: '', background: '' },
  lockedFields: new Set(),
  ...values,
});

/** A scene that nobody has described yet. */
export const sampleScene = (values: Partial<Scene> = {}): Scene => ({
  id: sceneId('42'),
  title: '',
  code: '',
  details: '',
  director: '',
  date: null,
  rating100: null,
  isOrganized: false,
  studio: null,
  performers: [],
  tags: [],
  groups: [],
  files: [],
  updatedAt: '2026-01-01T00:00:00Z',
  ...values,
});

/** Of whichever kind: with nothing but their names. */
export const entities = (names: readonly string[]): readonly (Studio & Performer & Tag)[] =>
  names.map((name, index) => ({
    id: entityId(String(index + 1)),
    name,
    parents: [],
    disambiguation: '',
    aliases: [],
    sortName: '',
  }));

/** The settings that nobody has touched. */
export const DEFAULT_SETTINGS = settingsDespite(resolveSettings([])).settings;
