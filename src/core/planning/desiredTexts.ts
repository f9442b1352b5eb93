import type { TextFieldName } from '../field.ts';
import { type Scene, topStudio } from '../scene.ts';
import type { FieldSettings } from '../settings/table.ts';
import { fillTemplate } from './template.ts';

/** What Stash has for a text field, as typed there; null: the field is off. */
export const textWanted = (field: TextFieldName, scene: Scene, settings: FieldSettings): string | null =>
  WANTED[field](scene, settings);

type Wanted = (scene: Scene, settings: FieldSettings) => string | null;

const WANTED: { readonly [Name in TextFieldName]: Wanted } = {
  title: (scene, { sync_title, title_template }) => (sync_title ? fillTemplate(title_template, scene) : null),
  titleSort: (scene, { sort_title_template }) => filledOrOff(sort_title_template, scene),
  originalTitle: ({ code }, { sync_original_title }) => (sync_original_title ? code : null),
  studio: (scene, { sync_studio, studio_name }) => {
    if (!sync_studio) return null;
    return (studio_name === 'top' ? topStudio(scene) : scene.studio)?.name ?? '';
  },
  summary: ({ details }, { sync_summary }) => (sync_summary ? details : null),
  tagline: (scene, { tagline_template }) => filledOrOff(tagline_template, scene),
  originallyAvailableAt: ({ date }, { sync_date }) => (sync_date ? (date ?? '') : null),
  contentRating: (_, { content_rating }) => (content_rating === '' ? null : content_rating),
  rating: (scene, settings) => (settings.rating === 'critic' ? ratingOf(scene) : null),
  userRating: (scene, settings) => (settings.rating === 'stars' ? ratingOf(scene) : null),
};

const filledOrOff = (template: string, scene: Scene): string | null =>
  template === '' ? null : fillTemplate(template, scene);

/** Stash rates from 1 to 100, Plex from 0 to 10 with one digit after the point. */
const ratingOf = ({ rating100 }: Scene): string => (rating100 === null ? '' : String(rating100 / 10));
