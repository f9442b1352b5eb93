import { createHash } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';

const WIDTH = 80;
const HEIGHT = 120;

/** An upright picture in two colours that go with the name, so that people who look can tell one from another. */
export function paintedPng(name: string): Buffer {
  const colours = createHash('sha1').update(name).digest();
  const row = (at: number): Buffer =>
    Buffer.concat([
      Buffer.from([0]),
      ...Array.from({ length: WIDTH }, (_, x) =>
        colours.subarray(x * 3 + at * 2 > 240 ? 3 : 0).subarray(0, 3),
      ),
    ]);
  const pixels = Buffer.concat(Array.from({ length: HEIGHT }, (_, y) => row(y)));
  const header = Buffer.alloc(13);
  header.writeUInt32BE(WIDTH, 0);
  header.writeUInt32BE(HEIGHT, 4);
  // Eight bits of red, green and blue.
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(pixels)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(named.length + 8);
  framed.writeUInt32BE(data.length, 0);
  named.copy(framed, 4);
  framed.writeUInt32BE(crc32(named), named.length + 4);
  return framed;
}
