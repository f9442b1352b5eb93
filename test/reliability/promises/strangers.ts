import type { ReliabilityPromise } from '../promise.ts';

export const strangerPromises: readonly ReliabilityPromise[] = [
  {
    words: 'Whatever comes in, nothing ends, hangs or grows.',
    how: 'Each answer, event, file, frame, setting and request is a value or a reason in some words, for that one scene, item or page. What is endless, nested, odd or made to be slow has limits where it comes in. docs/security.md says what is fed.',
    tests: [
      'test/campaign/hostile/hostile.test.ts',
      'src/plex/decodeItem.test.ts',
      'src/stash/hookEvent.test.ts',
      'src/stash/findScenes.test.ts',
      'src/stash/stashEvents.test.ts',
      'src/http/issueWords.test.ts',
      'src/core/settings/resolve.test.ts',
    ],
    parts: ['hostile'],
    mutations: [
      'any-number-is-a-size',
      'an-event-is-a-property',
      'an-odd-message-ends-the-process',
      'ask-for-the-same-page',
      'believe-a-long-address',
      'tell-all-that-was-found',
    ],
  },
  {
    words: 'Titles, names and paths from Stash stay text.',
    how: 'On terminals, in logs, in pages and in addresses: nothing obeys them, no line is forged, no script runs, no other item or host is reached.',
    tests: [
      'test/security/untrustedTexts.test.ts',
      'src/core/visibleText.test.ts',
      'src/core/planning/performerPhoto.test.ts',
      'src/plex/editRequest.test.ts',
    ],
    parts: ['hostile'],
    mutations: ['log-what-cannot-be-seen', 'a-cell-is-markup', 'a-name-chooses-the-host'],
  },
  {
    words: 'Nobody else’s files are reached, and ours by nobody else.',
    how: 'Links in a shared inbox are not followed, neither to read nor to write or tidy up; no address reads a file; no server leads to another one; backups are for their owner alone; names that strangers may own are not answered.',
    tests: [
      'test/engine/inbox.test.ts',
      'src/server/relay.test.ts',
      'test/security/requests.test.ts',
      'src/http/answer.test.ts',
      'src/store/sqlite/upgrade.test.ts',
      'src/server/web/webApp.test.ts',
    ],
    parts: ['hostile'],
    mutations: [
      'follow-a-link-in-the-inbox',
      'write-through-a-link',
      'tidy-up-behind-a-link',
      'an-address-with-its-query',
      'a-backup-for-all',
      'answer-by-any-name',
    ],
  },
];
