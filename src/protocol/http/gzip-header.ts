import { crc32 } from 'node:zlib';
import { JavaError } from '../../java/index.js';

const HEADER_CHECK = 2;
const EXTRA = 4;
const NAME = 8;
const COMMENT = 16;
/** Bytes of a header beyond which nobody waits for its end. */
const MOST = 1024 * 1024;

export const zipError = (message: string): JavaError => new JavaError('java.util.zip.ZipException', message);

/**
 * The length of the header of a gzip member that begins here; undefined = more must come first. Throws ZipException as
 * GZIPInputStream of Java 17 does, which does not care for reserved flags.
 */
export function gzipHeader(bytes: Buffer): number | undefined {
  if (bytes.length > 1 && bytes.readUInt16LE(0) !== 0x8b1f) throw zipError('Not in GZIP format');
  if (bytes.length > 2 && bytes[2] !== 8) throw zipError('Unsupported compression method');
  if (bytes.length > MOST) throw zipError('Corrupt GZIP header');
  if (bytes.length < 10) return undefined;
  const flags = bytes[3] ?? 0;
  let at: number | undefined = 10;
  if (flags & EXTRA) at = bytes.length < 12 ? undefined : 12 + bytes.readUInt16LE(10);
  if (flags & NAME) at = behindZero(bytes, at);
  if (flags & COMMENT) at = behindZero(bytes, at);
  if (at === undefined || at > bytes.length) return undefined;
  if (!(flags & HEADER_CHECK)) return at;
  if (at + 2 > bytes.length) return undefined;
  if (bytes.readUInt16LE(at) !== (crc32(bytes.subarray(0, at)) & 0xffff)) throw zipError('Corrupt GZIP header');
  return at + 2;
}

function behindZero(bytes: Buffer, from: number | undefined): number | undefined {
  const zero = from === undefined ? -1 : bytes.indexOf(0, from);
  return zero < 0 ? undefined : zero + 1;
}
