import type { ServerResponse } from 'node:http';
import type { Reply } from './api.ts';
import { encodeJson, encodeXml, wantsJson } from './encoding.ts';
import type { WireTrouble } from './faults.ts';
import type { Switches } from './switches.ts';

interface Sending {
  readonly accept: string;
  readonly switches: Switches;
  readonly trouble: WireTrouble | null;
}

const TRICKLE_PIECES = 16;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Writes the reply, or as much of it as the fault lets through. Resolves when no more will be written. */
export async function sendReply(response: ServerResponse, reply: Reply, sending: Sending): Promise<void> {
  const { trouble, switches } = sending;
  const { contentType, bytes } = encoded(reply, sending);
  const isCutShort = trouble?.kind === 'cut' && bytes.length > 0;
  if (trouble?.kind === 'lost-reply' || (trouble?.kind === 'cut' && !isCutShort)) return reset(response);
  if (trouble?.kind === 'delay') await pause(trouble.ms);
  const isChunked = switches.framing === 'chunked' && bytes.length > 0;
  response.writeHead(reply.status, {
    'content-type': contentType,
    ...(isChunked ? {} : { 'content-length': bytes.length }),
    ...reply.headers,
  });
  if (trouble?.kind === 'reset-after-headers') {
    response.flushHeaders();
    await pause(20);
    return reset(response);
  }
  if (isCutShort) {
    await written(response, bytes.subarray(0, bytes.length >> 1));
    await pause(20);
    return reset(response);
  }
  const pieces =
    trouble?.kind === 'trickle'
      ? inPieces(bytes, TRICKLE_PIECES)
      : isChunked
        ? splitInCharacter(bytes)
        : [bytes];
  for (const piece of pieces) {
    await written(response, piece);
    if (pieces.length > 1) await pause(trouble?.kind === 'trickle' ? trouble.ms : 1);
  }
  response.end();
}

function encoded(reply: Reply, { accept, switches }: Sending): { contentType: string; bytes: Buffer } {
  const { body } = reply;
  if (body.kind === 'picture') return { contentType: body.contentType, bytes: body.bytes };
  if (body.kind === 'text') return { contentType: body.contentType, bytes: Buffer.from(body.text) };
  if (!wantsJson(accept)) {
    return { contentType: 'text/xml;charset=utf-8', bytes: Buffer.from(encodeXml(body.root)) };
  }
  const text = encodeJson(body.root, {
    booleans: switches.jsonBooleans,
    hasNumbersAsStrings: body.isDetail && switches.jsonNumbers === 'mixed',
  });
  return { contentType: 'application/json', bytes: Buffer.from(text) };
}

function reset(response: ServerResponse): void {
  response.socket?.resetAndDestroy();
}

/** Resolves as well when the peer has gone. */
const written = (response: ServerResponse, bytes: Buffer): Promise<void> =>
  new Promise((resolve) => {
    if (bytes.length === 0 || response.destroyed) return resolve();
    response.write(bytes, () => resolve());
  });

function inPieces(bytes: Buffer, count: number): readonly Buffer[] {
  const size = Math.max(1, Math.ceil(bytes.length / count));
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, n) =>
    bytes.subarray(n * size, (n + 1) * size),
  );
}

/** Two pieces that part a multi-byte character where there is one. */
function splitInCharacter(bytes: Buffer): readonly Buffer[] {
  const inside = bytes.findIndex((byte) => (byte & 0xc0) === 0x80);
  const at = inside < 0 ? bytes.length >> 1 : inside;
  return [bytes.subarray(0, at), bytes.subarray(at)].filter((piece) => piece.length > 0);
}
