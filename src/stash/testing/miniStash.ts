import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { buildSchema, execute, type GraphQLSchema, parse, validate } from 'graphql';
import { type SceneId, sceneId } from '../../core/ids.ts';
import { serveHttp } from '../../http/testing/loopback.ts';
import { createStashClient } from '../createStashClient.ts';
import type { SceneExtras } from '../documents.ts';
import { apiKeySignIn } from '../signIn.ts';

/** Oldest and newest Stash whose schema we keep an excerpt of. */
export const STASH_VERSIONS = ['v0.27.0', 'v0.30.1'] as const;

export function stashSchema(
  version: (typeof STASH_VERSIONS)[number],
  change: (sdl: string) => string = (sdl) => sdl,
): GraphQLSchema {
  const file = new URL(`../fixtures/schema-${version}.graphql`, import.meta.url);
  return buildSchema(change(readFileSync(file, 'utf8')));
}

export interface MiniStash {
  readonly url: string;
  readonly asked: {
    readonly operation: string;
    readonly variables: Record<string, unknown>;
    readonly headers: IncomingMessage['headers'];
  }[];
}

/** Executes the real documents against a schema of Stash, with the answers of one test. */
export async function serveStash(
  root: Readonly<Record<string, unknown>>,
  schema = stashSchema('v0.30.1'),
): Promise<MiniStash> {
  const asked: MiniStash['asked'] = [];
  const answer = async (request: IncomingMessage): Promise<readonly [status: number, body: object]> => {
    const { query, variables } = JSON.parse(await textOf(request));
    const operation = /query (\w+)/.exec(query)?.[1] ?? '';
    asked.push({ operation, variables, headers: request.headers });
    const document = parse(query);
    const wrong = validate(schema, document);
    if (wrong.length === 0) {
      return [
        200,
        await execute({ schema, document, variableValues: variables, rootValue: { ...READY, ...root } }),
      ];
    }
    return [400, { data: null, errors: wrong.map(({ message }) => ({ message, extensions: REFUSED })) }];
  };
  const url = await serveHttp((request, response) => {
    answer(request).then(
      ([status, body]) => response.writeHead(status).end(JSON.stringify(body)),
      (error: unknown) => response.destroy(error instanceof Error ? error : undefined),
    );
  });
  return { url, asked };
}

const NO_EXTRAS: SceneExtras = { tagAliases: false, performerAliases: false };
const READY = { version: { version: 'v0.30.1' }, systemStatus: { status: 'OK' } };
const REFUSED = { code: 'GRAPHQL_VALIDATION_FAILED' };

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

export const clientOf = (url: string, apiKey = '', extras = NO_EXTRAS) =>
  createStashClient({
    url,
    signIn: apiKeySignIn(apiKey),
    extras,
    tlsVerify: true,
    connectTimeoutMs: 5_000,
    readTimeoutMs: 5_000,
  });

export const rawFile = (basename: string) => ({
  path: `/data/${basename}`,
  basename,
  size: 1,
  duration: 1,
  fingerprints: [],
});

export const rawScene = (id: string, more: object = {}) => ({
  id,
  title: `Scene ${id}`,
  updated_at: '2026-11-24T03:00:00Z',
  organized: false,
  performers: [],
  tags: [],
  groups: [],
  files: [rawFile(`${id}.mp4`)],
  ...more,
});

export const findScene = ({ id }: { readonly id: string }) => rawScene(id);
export const ids = (...values: readonly number[]): SceneId[] => values.map((value) => sceneId(String(value)));
