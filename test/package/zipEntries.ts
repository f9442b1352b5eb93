import { unzipSync } from 'fflate';

export interface ZipEntry {
  readonly name: string;
  /** What lstat() would say: type and permissions. */
  readonly mode: number;
  readonly madeOn: 'unix' | 'other';
  readonly content: Uint8Array;
}

const CENTRAL_ENTRY = 0x02014b50;
const END = 0x06054b50;
const END_LENGTH = 22;
const UNIX = 3;

/** The entries as the zip's central directory lists them (APPNOTE 4.3.12), for what fflate does not tell. */
export function zipEntries(zip: Uint8Array): readonly ZipEntry[] {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength);
  const end = zip.byteLength - END_LENGTH;
  if (view.getUint32(end, true) !== END)
    throw new Error('the zip does not end as one without a comment does');
  const contents = unzipSync(zip);
  const entries: ZipEntry[] = [];
  let at = view.getUint32(end + 16, true);
  while (at < end) {
    if (view.getUint32(at, true) !== CENTRAL_ENTRY) throw new Error(`no entry at ${at}`);
    const nameLength = view.getUint16(at + 28, true);
    const name = new TextDecoder().decode(zip.subarray(at + 46, at + 46 + nameLength));
    entries.push({
      name,
      mode: view.getUint32(at + 38, true) >>> 16,
      madeOn: view.getUint8(at + 5) === UNIX ? 'unix' : 'other',
      content: contents[name] ?? new Uint8Array(),
    });
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}
