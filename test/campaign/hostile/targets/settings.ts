import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  parseCount,
  parseDuration,
  parseSceneIds,
  parseSubjects,
  parseTime,
} from '../../../../src/cli/arguments.ts';
import { CommandFailure } from '../../../../src/cli/exitCode.ts';
import { entityId, sectionKey } from '../../../../src/core/ids.ts';
import { inferPathMaps } from '../../../../src/core/matching/inferPathMaps.ts';
import { pathKey } from '../../../../src/core/matching/pathKey.ts';
import { parsePathMaps, plexPathsOf, stashPathsOf } from '../../../../src/core/matching/pathMap.ts';
import { joinPath, samePathKey, splitPath } from '../../../../src/core/matching/paths.ts';
import { webhookProblem } from '../../../../src/core/notify/webhookAddress.ts';
import { photoOf, photoProblem } from '../../../../src/core/planning/performerPhoto.ts';
import { fillTemplate, templateProblem } from '../../../../src/core/planning/template.ts';
import { sampleScene } from '../../../../src/core/planning/testing/samples.ts';
import { scanRequestsFor } from '../../../../src/core/scanRequest.ts';
import { explainSettings } from '../../../../src/core/settings/explain.ts';
import { environmentLayer, fileLayer, flagLayer, stashLayer } from '../../../../src/core/settings/layers.ts';
import {
  resolveSettings,
  settingsDespite,
  settingsOf,
  unknownKeys,
} from '../../../../src/core/settings/resolve.ts';
import { SETTING_KEYS } from '../../../../src/core/settings/table.ts';
import { createWebhook } from '../../../../src/engine/webhook.ts';
import { readSettingsFile } from '../../../../src/setup/settingsFile.ts';
import { HIDDEN_CHARACTER, HOSTILE_TEXTS } from '../../../world/hostileTexts.ts';
import { bytesOf, demand, jsonBytes, jsonOf, pureTarget, type Target, textOf } from '../target.ts';

const SECRET = 'plex-token-1b2c3d';
const CONFIG = {
  plex_url: 'http://127.0.0.1:32400',
  plex_token: SECRET,
  stash_url: 'https://stash.example/prefix',
  plex_library: ['Scenes', 'Archive'],
  path_map: '/data=>/media, D:\\Videos=>/mnt/videos',
  title_template: '{studio} - {title}',
  performer_photo: 'https://photos.example.org/{performer}.jpg',
  notify_url: 'https://ntfy.sh/topic',
  reconcile_time: '4:00',
  http_port: 7475,
  max_tags: '30',
  dry_run: 'yes',
};

/** Settings from each place that they come from, be they good or not, in words that can be shown. */
const settings = pureTarget('settings', [jsonBytes(CONFIG)], (input) => {
  const json = jsonOf(input);
  const values =
    typeof json === 'object' && json !== null && !Array.isArray(json)
      ? { ...json }
      : { plex_url: textOf(input) };
  // A token that was put where something else belongs is quoted: nobody knows that it is one.
  const isSecretElsewhere = Object.entries(values).some(
    ([key, value]) => key !== 'plex_token' && typeof value === 'string' && value.includes(SECRET),
  );
  const texts = Object.fromEntries(
    Object.entries(values).map(([key, value]) => [
      `PLEXSYNC_${key}`,
      typeof value === 'object' ? '{}' : String(value),
    ]),
  );
  for (const layer of [
    fileLayer('a.json', values),
    environmentLayer(texts),
    flagLayer(values),
    stashLayer(values),
  ]) {
    const resolved = resolveSettings([layer]);
    const despite = settingsDespite(resolved);
    const good = settingsOf(resolved);
    const problems = [...despite.problems, ...unknownKeys(layer), ...(good.ok ? [] : good.failure)];
    for (const words of problems) {
      demand(!HIDDEN_CHARACTER.test(words), 'a problem is told in one line that can be seen');
      demand(isSecretElsewhere || !words.includes(SECRET), 'a problem holds no secret');
    }
    demand(Object.keys(despite.settings).length === SETTING_KEYS.length, 'settings are complete');
    demand(
      isSecretElsewhere || !JSON.stringify(explainSettings(resolved)).includes(SECRET),
      'what is explained holds no secret',
    );
    if (good.ok && good.value.notify_url !== '') createWebhook({ url: good.value.notify_url, kind: 'json' });
  }
});

const file: Target = {
  name: 'the settings file',
  seeds: [jsonBytes(CONFIG), bytesOf(`\ufeff${JSON.stringify(CONFIG, null, 2)}`)],
  weight: 4,
  open() {
    const folder = mkdtempSync(path.join(tmpdir(), 'plexsync-hostile-'));
    const place = path.join(folder, 'plexsync.config.json');
    return Promise.resolve({
      async feed(input: Uint8Array) {
        writeFileSync(place, input);
        const read = await readSettingsFile(place);
        if (read.ok) return;
        demand(!HIDDEN_CHARACTER.test(read.failure), 'a problem is told in one line that can be seen');
        demand(
          !read.failure.includes(SECRET) && read.failure.length < 1_000,
          'a problem does not quote the file',
        );
      },
      close: () => Promise.resolve(rmSync(folder, { recursive: true })),
    });
  },
};

const PATHS = [
  '/data/a/b.mp4',
  'D:\\Videos\\a\\b.mp4',
  '\\\\nas\\videos\\b.mp4',
  '//nas/videos/b.mp4',
  'b.mp4',
];
const pathMaps = pureTarget(
  'path maps',
  [...PATHS, '/data=>/media', 'D:\\Videos=>/mnt/videos', '/a=>/b,/c=>/d'].map(bytesOf),
  (input) => {
    const text = textOf(input);
    const given = parsePathMaps(text.split(','));
    if (!given.ok)
      for (const words of given.failure) demand(!HIDDEN_CHARACTER.test(words), 'a problem can be seen');
    const maps = given.ok ? given.value : [{ from: '/data', to: '/media', support: 0 }];
    const split = splitPath(text);
    pathKey(text);
    demand(
      samePathKey(joinPath(split), true) === samePathKey(split, true),
      'a path that is put together names the same file',
    );
    plexPathsOf(text, maps);
    stashPathsOf(text, maps);
    const section = { key: sectionKey('1'), locations: ['/media', text.slice(0, 20)] };
    for (const { folder, location } of scanRequestsFor(text, {
      maps,
      sections: [section],
      isPlexCaseSensitive: null,
    })) {
      const { segments } = splitPath(folder);
      demand(
        !segments.includes('..') && location !== '',
        'Plex is asked to look into folders of a library only',
      );
    }
  },
);

/** Pairs of paths, as they come from both servers. */
const inference = pureTarget(
  'path maps that are learned',
  [
    jsonBytes([1, 2, 3, 4].map((n) => [`/data/a/${n}.mp4`, `/media/a/${n}.mp4`, n])),
    jsonBytes([['D:\\a\\b.mp4', '/x/a/b.mp4', 1]]),
  ],
  (input) => {
    const json = jsonOf(input);
    if (!Array.isArray(json)) return;
    const pairs = json.slice(0, 200).flatMap((each: unknown) => {
      const [stash, plex, size] = Array.isArray(each) ? (each as unknown[]) : [];
      return typeof stash === 'string' && typeof plex === 'string'
        ? [{ stash, plex, size: typeof size === 'number' ? size : null }]
        : [];
    });
    for (const { from, to, support } of inferPathMaps(pairs)) {
      demand(
        splitPath(from).root !== '' && splitPath(to).root !== '' && support > 0,
        'a map leads from a root to a root',
      );
    }
  },
);

const PERFORMERS = HOSTILE_TEXTS.map((name, index) => ({ id: entityId(String(index + 1)), name }));
const templates = pureTarget(
  'templates',
  ['{studio} - {title}', '{title} ({year})', '{a{b}c}', 'https://a.example.org/{performer}/{id}.jpg'].map(
    bytesOf,
  ),
  (input) => {
    const text = textOf(input);
    const scene = sampleScene({ title: '{title}{studio}', code: '{code}', director: text.slice(0, 100) });
    if (templateProblem(text) === null) fillTemplate(text, scene);
    if (photoProblem(text) !== null || text === '') return;
    for (const performer of PERFORMERS) {
      const url = URL.parse(photoOf(performer, text));
      demand(url !== null && url.protocol === 'https:', 'a photo has an address');
      const host = new URL(text.replace(/\{[^{}]*\}/g, 'x')).hostname;
      demand(url?.hostname === host, 'a name moves no photo to another host');
    }
  },
);

const webhooks = pureTarget(
  'addresses of webhooks',
  ['https://ntfy.sh/topic?auth=a', 'http://user:word@apprise:8000/notify/key', 'https://[::1]/x'].map(
    bytesOf,
  ),
  (input) => {
    const text = textOf(input);
    if (webhookProblem(text) === null) createWebhook({ url: text, kind: 'json' });
  },
);

const args = pureTarget(
  'arguments of commands',
  ['42', 'tag:7', '2h', 'today', '2026-01-31T14:00', '90m', '100000'].map(bytesOf),
  (input) => {
    for (const parse of PARSERS) {
      try {
        parse(textOf(input));
      } catch (error) {
        const isTold =
          error instanceof CommandFailure || (error instanceof Error && error.name === 'CommanderError');
        if (
          !isTold &&
          !(error instanceof Error && 'code' in error && error.code === 'commander.invalidArgument')
        )
          throw error;
      }
    }
  },
);

const PARSERS: readonly ((text: string) => unknown)[] = [
  parseSceneIds,
  parseSubjects,
  parseCount,
  parseDuration,
  (text) => parseTime(text, 1_700_000_000_000),
];

export const SETTING_TARGETS: readonly Target[] = [
  settings,
  file,
  pathMaps,
  inference,
  templates,
  webhooks,
  args,
];
