import { expect, test } from 'vitest';
import { sectionKey, sectionUuid } from '../ids.ts';
import type { Section } from '../item.ts';
import { offerLibraries } from './libraryOffers.ts';

const section = (title: string, type: string, locations: readonly string[] = []): Section => ({
  uuid: sectionUuid(`${title}-${locations.join()}`),
  key: sectionKey('1'),
  title,
  type,
  locations,
  isRefreshing: false,
});

test('libraries of the type movie are offered, one of each name; of others it is said why not', () => {
  const sections = [
    section('Scenes', 'movie', ['/media/a']),
    section('Series', 'show'),
    section('Scenes', 'movie', ['/media/b']),
    section('Music', 'artist'),
    section('Clips', 'newkind'),
  ];
  expect(offerLibraries(sections)).toEqual({
    offered: [{ title: 'Scenes', folders: ['/media/a', '/media/b'] }],
    others: [
      { title: 'Series', why: 'it is for series' },
      { title: 'Music', why: 'it is for music' },
      { title: 'Clips', why: 'it is for newkind' },
    ],
  });
});
