import type { ReliabilityPromise } from '../promise.ts';

export const otherPeoplePromises: readonly ReliabilityPromise[] = [
  {
    words: 'What a person made in Plex is not overwritten unless that was asked for.',
    how: 'What PlexSync wrote is remembered per field and per entry of a list. Genres, actors and posters of others stay; texts that a person edited stay under `preserve_plex_edits`. Where that memory is lost – a data folder that was deleted, a disk that lost what it said it had – a tag of ours counts as a person’s, and stays.',
    tests: [
      'test/sync/foreignEntries.test.ts',
      'test/sync/preserve.test.ts',
      'test/sync/recreated.test.ts',
      'src/core/planning/preserveLaws.test.ts',
      'src/core/images/decideImage.test.ts',
    ],
    parts: [],
    mutations: ['forget-the-base', 'take-any-poster-for-ours'],
  },
  {
    words: 'What it writes can be undone.',
    how: 'Each write is in the journal with what was there before, for as long as `journal_retention_days` says. An undo gives back values, locks and posters, keeps what others did since, and is kept as work that no crash loses; its scenes are held until they are released.',
    tests: [
      'test/sync/undo.test.ts',
      'test/sync/undoLaws.test.ts',
      'test/sync/undoCrash.test.ts',
      'test/sync/undoImages.test.ts',
      'test/sync/imageFailures.test.ts',
      'src/core/undo/undoLaws.test.ts',
      'src/server/web/dashboard/pages/historyPage.test.ts',
    ],
    parts: ['crashes'],
    mutations: [
      'undo-keeps-the-base',
      'undo-leaves-the-lock',
      'undo-takes-what-others-did',
      'undo-since-slides',
      'forget-what-is-to-be-undone',
      'send-an-image-unnoted',
      'write-what-is-held',
      'a-hold-proves-the-scene',
    ],
  },
];
