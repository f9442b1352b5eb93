import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { bundleScript } from '../../scripts/bundleScript.ts';

const { resolve } = createRequire(import.meta.url);
const HERE = path.join(import.meta.dirname, 'stashPages');

const PAGE = `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <base href="/">
  <title>Stash</title>
  <link rel="stylesheet" href="/theme.css">
  <link rel="stylesheet" href="/plugin/plexsync/css">
</head>
<body>
  <div id="root"></div>
  <script src="/react.js"></script>
  <script src="/react-dom.js"></script>
  <script src="/stash.js"></script>
  <script src="/plugin/plexsync/javascript"></script>
  <script>startStash()</script>
</body>
</html>`;

/** Of Stash's header, what forbids most (stash reference §5.4). */
const CSP =
  "default-src data: 'self' 'unsafe-inline'; connect-src data: 'self' ws: wss:; img-src data: *; script-src 'self' 'unsafe-inline' 'unsafe-eval'; child-src 'none'; object-src 'none'; form-action 'self'";

/** What the plugin puts into Stash's pages. */
export interface PluginPages {
  readonly javascript: Uint8Array;
  readonly css: Uint8Array;
}

export interface StashPages {
  readonly url: string;
  close(): void;
}

/** Stash's pages with those of the plugin, before a simulated Stash that runs it. */
export async function serveStashPages(
  stash: { readonly url: string },
  plugin: PluginPages,
): Promise<StashPages> {
  const files = await pageFiles(plugin);
  const server = createServer((request, response) => {
    const { url = '/' } = request;
    // The last request of a page that was closed may meet a Stash that is gone.
    if (url === '/graphql') return void forward(request, response, stash.url).catch(() => response.destroy());
    const file = files.get(url) ?? { type: 'text/html', content: PAGE };
    response.writeHead(200, {
      'content-type': `${file.type}; charset=utf-8`,
      'content-security-policy': CSP,
    });
    response.end(file.content);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

interface PageFile {
  readonly type: string;
  readonly content: string | Uint8Array;
}

async function pageFiles(plugin: PluginPages): Promise<ReadonlyMap<string, PageFile>> {
  const stash = await bundleScript('test/browser/stashPages/main.ts', {
    platform: 'browser',
    format: 'iife',
    target: 'es2020',
  });
  const script = (content: string | Uint8Array): PageFile => ({ type: 'text/javascript', content });
  const style = (content: Uint8Array): PageFile => ({ type: 'text/css', content });
  return new Map([
    ['/react.js', script(readFileSync(resolve('react/umd/react.development.js')))],
    ['/react-dom.js', script(readFileSync(resolve('react-dom/umd/react-dom.development.js')))],
    ['/stash.js', script(stash.bytes)],
    ['/theme.css', style(readFileSync(path.join(HERE, 'theme.css')))],
    ['/plugin/plexsync/javascript', script(plugin.javascript)],
    ['/plugin/plexsync/css', style(plugin.css)],
  ]);
}

async function forward(request: IncomingMessage, response: ServerResponse, stash: string): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const answer = await fetch(`${stash}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: Buffer.concat(chunks),
  });
  response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'text/plain' });
  response.end(await answer.text());
}
