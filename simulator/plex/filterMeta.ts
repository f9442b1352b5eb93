import { type Element, element } from './encoding.ts';
import { type Section, TAG_KINDS, type TagKind } from './model.ts';

const SORTS = [
  ['titleSort', 'Title', 'asc'],
  ['addedAt', 'Date Added', 'desc'],
  ['updatedAt', 'Date Updated', 'desc'],
] as const;

const FIELDS = [
  ['title', 'Title', 'string'],
  ['addedAt', 'Date Added', 'date'],
  ['updatedAt', 'Date Updated', 'date'],
] as const;

const OPERATORS = {
  string: ['=', '!=', '==', '!==', '<=', '>='],
  date: ['>>=', '<<='],
  tag: ['=', '!='],
} as const;

export const FILTERABLE_KINDS = [
  'genre',
  'collection',
  'director',
  'actor',
  'label',
] as const satisfies TagKind[];

/** What a library can be filtered and sorted by; python-plexapi asks before it sends such a request. */
export function filterMeta(section: Section): Element {
  const filters = FILTERABLE_KINDS.map((kind) =>
    element('Filter', {
      filter: kind,
      filterType: 'string',
      key: `/library/sections/${section.key}/${kind}`,
      title: TAG_KINDS[kind].element,
      type: 'filter',
    }),
  );
  const sorts = SORTS.map(([key, title, defaultDirection]) =>
    element('Sort', { key, title, defaultDirection, descKey: `${key}:desc` }),
  );
  const fields = [
    ...FIELDS,
    ...FILTERABLE_KINDS.map((kind) => [kind, TAG_KINDS[kind].element, 'tag'] as const),
  ].map(([key, title, type]) => element('Field', { key: `${section.type}.${key}`, title, type }));
  const type = {
    key: `/library/sections/${section.key}/all?type=1`,
    type: section.type,
    title: section.title,
  };
  const fieldTypes = Object.entries(OPERATORS).map(([name, operators]) =>
    element(
      'FieldType',
      { type: name },
      operators.map((key) => element('Operator', { key, title: key })),
    ),
  );
  const meta = element('Meta', {}, [
    element('Type', { ...type, active: true }, [...filters, ...sorts, ...fields]),
    ...fieldTypes,
  ]);
  return { ...meta, json: { isSingle: true } };
}
