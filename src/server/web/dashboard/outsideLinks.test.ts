import { expect, test } from 'vitest';
import { ratingKey, sceneId, sectionUuid } from '../../../core/ids.ts';
import { plexItemPage, stashScenePage } from './outsideLinks.ts';

test.each([
  ['http://stash:9999', '192.168.1.5:7475', 'http://stash:9999/scenes/42'],
  ['http://127.0.0.1:9999', '127.0.0.1:7475', 'http://127.0.0.1:9999/scenes/42'],
  ['http://127.0.0.1:9999', '192.168.1.5:7475', 'http://192.168.1.5:9999/scenes/42'],
  ['http://[::1]:9999/stash/', 'nas.local:7475', 'http://nas.local:9999/stash/scenes/42'],
  ['http://localhost:9999', 'localhost:7475', 'http://localhost:9999/scenes/42'],
  ['https://example.org/stash', undefined, 'https://example.org/stash/scenes/42'],
  ['', 'localhost', null],
])('with stash_url %s, a browser at %s finds the scene at %s', (stashUrl, host, page) => {
  expect(stashScenePage(sceneId('42'), stashUrl, host)).toBe(page);
});

test('an item is shown by Plex’s web app, once it is known which server it is', () => {
  const item = { section: sectionUuid('u'), ratingKey: ratingKey('107') };
  expect(plexItemPage(item, 'abc123')).toBe(
    'https://app.plex.tv/desktop/#!/server/abc123/details?key=%2Flibrary%2Fmetadata%2F107',
  );
  expect(plexItemPage(item, null)).toBeNull();
});
