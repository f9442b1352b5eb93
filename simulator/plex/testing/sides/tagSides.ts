import { names } from '../visitor.ts';
import type { Sides } from './side.ts';

const first = { type: 1, id: 1, 'genre.locked': 1 };

const given = {
  sections: [
    { title: 'Movies', items: [{ title: 'One', tags: { genre: ['Old', 'Older'] } }] },
    { title: 'More', items: [{ title: 'Two', tags: { genre: ['elsewhere'] } }] },
  ],
} as const;

const withPhoto = {
  sections: [
    {
      title: 'Movies',
      items: [{ title: 'One', actors: [{ name: 'Ada', role: 'Lead', thumb: 'https://example.com/1.jpg' }] }],
    },
  ],
} as const;

export const tagSides: Sides<
  | 'tagWrite'
  | 'duplicateTags'
  | 'tagSpaces'
  | 'emptyTag'
  | 'tagOrder'
  | 'tagSpelling'
  | 'recasing'
  | 'clearAllTags'
  | 'resentActor'
  | 'personPhoto'
  | 'tagsVisible'
> = {
  tagWrite: {
    given,
    shows: async ({ edit, item }) => {
      await edit({ ...first, 'genre[0].tag.tag': 'New' });
      return names((await item('1')).Genre);
    },
    sides: { append: ['Old', 'Older', 'New'], replace: ['New'] },
  },
  duplicateTags: {
    given,
    shows: async ({ edit, item }) => {
      await edit({ ...first, 'genre[0].tag.tag': 'New', 'genre[1].tag.tag': 'NEW' });
      return names((await item('1')).Genre);
    },
    sides: { kept: ['Old', 'Older', 'New', 'New'], dropped: ['Old', 'Older', 'New'] },
  },
  tagSpaces: {
    given,
    shows: async ({ edit, simulator }) => {
      await edit({ ...first, 'genre[0].tag.tag': ' New ' });
      return simulator.library.read('1')?.tags.genre.at(-1);
    },
    sides: { trimmed: 'New', kept: ' New ' },
  },
  emptyTag: {
    given,
    shows: async ({ edit, simulator }) => {
      await edit({ ...first, 'genre[0].tag.tag': '' });
      return simulator.library.read('1')?.tags.genre;
    },
    sides: { ignored: ['Old', 'Older'], created: ['Old', 'Older', ''] },
  },
  tagOrder: {
    given,
    shows: async ({ edit, item }) => {
      await edit({ ...first, 'genre[0].tag.tag': 'New' });
      return names((await item('1')).Genre);
    },
    sides: { 'as-sent': ['Old', 'Older', 'New'], 'by-name': ['New', 'Old', 'Older'] },
  },
  tagSpelling: {
    given,
    shows: async ({ edit, simulator }) => {
      // Looked at, so that the tags of the other library are known.
      const [other = ''] = simulator.library.ratingKeys({ sectionKey: '2' });
      simulator.library.read(other);
      await edit({ ...first, 'genre[0].tag.tag': 'ELSEWHERE' });
      return simulator.library.read('1')?.tags.genre.at(-1);
    },
    sides: { server: 'elsewhere', section: 'ELSEWHERE' },
  },
  recasing: {
    given,
    shows: async ({ edit, simulator }) => {
      await edit({ ...first, 'genre[0].tag.tag': 'OLD' });
      const whileHeld = simulator.library.read('1')?.tags.genre;
      await edit({ ...first, 'genre[].tag.tag-': 'Old' });
      await edit({ ...first, 'genre[0].tag.tag': 'OLD' });
      return [whileHeld, simulator.library.read('1')?.tags.genre];
    },
    sides: {
      'once-unused': [
        ['Old', 'Older'],
        ['Older', 'OLD'],
      ],
      never: [
        ['Old', 'Older'],
        ['Older', 'Old'],
      ],
    },
  },
  clearAllTags: {
    given,
    shows: async ({ edit, simulator }) => {
      await edit({ ...first, 'genre[].tag': '' });
      return simulator.library.read('1')?.tags.genre;
    },
    sides: { removes: [], ignored: ['Old', 'Older'] },
  },
  resentActor: {
    given: withPhoto,
    shows: async ({ edit, simulator }) => {
      await edit({ type: 1, id: 1, 'actor[0].tag.tag': 'Ada', 'actor.locked': 1 });
      return simulator.library.read('1')?.actors;
    },
    sides: {
      'loses-role': [{ name: 'Ada', role: '', thumb: 'https://example.com/1.jpg' }],
      'keeps-role': [{ name: 'Ada', role: 'Lead', thumb: 'https://example.com/1.jpg' }],
    },
  },
  personPhoto: {
    given: withPhoto,
    shows: async ({ edit, simulator }) => {
      const actor = { 'actor[0].tag.tag': 'Ada', 'actor[0].tag.thumb': 'https://example.com/2.jpg' };
      await edit({ type: 1, id: 1, ...actor, 'actor.locked': 1 });
      return simulator.library.read('1')?.actors[0]?.thumb;
    },
    sides: { replaced: 'https://example.com/2.jpg', kept: 'https://example.com/1.jpg' },
  },
  tagsVisible: {
    given,
    shows: async ({ clock, edit, item }) => {
      const seen = async () => {
        const { Genre, Label } = await item('1');
        return [names(Genre).includes('New'), names(Label).includes('New')];
      };
      await edit({ ...first, 'genre[0].tag.tag': 'New', 'label[0].tag.tag': 'New', 'label.locked': 1 });
      const atOnce = await seen();
      clock.advance(1499);
      const shortlyBefore = await seen();
      clock.advance(1);
      return [atOnce, shortlyBefore, await seen()];
    },
    sides: {
      'labels-late': [
        [true, false],
        [true, false],
        [true, true],
      ],
      'all-late': [
        [false, false],
        [false, false],
        [true, true],
      ],
      'at-once': [
        [true, true],
        [true, true],
        [true, true],
      ],
    },
  },
};
