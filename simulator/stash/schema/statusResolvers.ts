import path from 'node:path';
import type { Call, Resolvers } from './resolver.ts';

type Answer = (source: unknown, args: unknown, call: Call) => unknown;

const SCHEMA_NUMBER = 75;
const OLDER_SCHEMA_NUMBER = 67;

const schemaNumber: Answer = (_, __, call) =>
  call.switches.olderStash ? OLDER_SCHEMA_NUMBER : SCHEMA_NUMBER;
const isMigrated = (call: Call): boolean => call.database !== 'needsMigration';

const version: Readonly<Record<string, Answer>> = {
  // Unofficial builds have none (stash reference §3.4): nobody may rely on it.
  version: (_, __, call) => (call.switches.olderStash ? 'v0.27.2' : ''),
  hash: () => '0000000',
  build_time: () => '2026-01-11 00:00:00',
};

const systemStatus: Readonly<Record<string, Answer>> = {
  databaseSchema: (_, __, call) => (isMigrated(call) ? schemaNumber(_, __, call) : OLDER_SCHEMA_NUMBER - 1),
  appSchema: schemaNumber,
  configPath: (_, __, call) => configFile(call),
  status: (_, __, call) => (isMigrated(call) ? 'OK' : 'NEEDS_MIGRATION'),
  os: () => 'linux',
};

const general: Readonly<Record<string, Answer>> = {
  stashes: (_, __, call) =>
    call.libraryPaths.map((each) => ({ path: each, excludeVideo: false, excludeImage: false })),
  configFilePath: (_, __, call) => configFile(call),
  pluginsPath: (_, __, call) => path.join(call.configDir, 'plugins'),
  videoFileNamingAlgorithm: () => 'OSHASH',
  apiKey: (_, __, call) => call.switches.apiKey,
  username: (_, __, call) => (call.switches.password === '' ? '' : 'stash'),
  maxSessionAge: (_, __, call) => call.switches.sessionSeconds,
};

const pluginSettings = (
  _: unknown,
  { include }: { readonly include?: readonly string[] | null },
  { plugins }: Call,
): unknown => plugins.settings.of(include ?? []);

const stashConfig: Readonly<Record<string, (source: Readonly<Record<string, unknown>>) => unknown>> = {
  path: (source) => source['path'],
  excludeVideo: (source) => source['excludeVideo'],
  excludeImage: (source) => source['excludeImage'],
};

export const statusResolvers: Readonly<Record<string, Resolvers>> = {
  Version: version,
  SystemStatus: systemStatus,
  ConfigResult: { general: () => ({}), plugins: pluginSettings },
  ConfigGeneralResult: general,
  StashConfig: stashConfig,
};

function configFile({ configDir }: Call): string {
  return path.join(configDir, 'config.yml');
}
