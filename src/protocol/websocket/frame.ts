export type FrameKind = 'text' | 'binary' | 'close' | 'ping' | 'pong';

/** One received frame; a fragment is a frame of its own and knows what message it goes on with. */
export interface Frame {
  readonly kind: FrameKind;
  /** Whether the message ends with it. */
  readonly final: boolean;
  readonly continuation: boolean;
  /** Bytes on the wire, header included. */
  readonly size: number;
  /** Bytes of the payload, decompressed. */
  readonly payloadSize: number;
  /** Of a text frame; bad UTF-8 is replaced. */
  readonly text: string;
  /** Of a binary, ping or pong frame. */
  readonly data: Buffer;
  /** Of a close frame that has one. */
  readonly status: number | undefined;
  /** Of a close frame that has one. */
  readonly reason: string | undefined;
}

export const OPCODE = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

/** A final, masked frame in one buffer (RFC 6455 §5.2). */
export function encodeFrame(opcode: number, payload: string | Buffer): Buffer {
  const mask = (Math.random() * 0x1_0000_0000) >>> 0;
  if (typeof payload === 'string' && payload.length <= SHORT) {
    const frame = shortAscii(opcode, payload, mask);
    if (frame !== undefined) return frame;
  }
  const length = typeof payload === 'string' ? Buffer.byteLength(payload) : payload.length;
  const header = length <= SHORT ? 6 : length < 65536 ? 8 : 14;
  const frame = Buffer.allocUnsafe(header + length);
  frame[0] = 0x80 | opcode;
  if (header === 6) frame[1] = 0x80 | length;
  else if (header === 8) {
    frame[1] = 0x80 | 126;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = 0x80 | 127;
    frame.writeUInt32BE(0, 2);
    frame.writeUInt32BE(length, 6);
  }
  putMask(frame, header - 4, mask);
  if (typeof payload === 'string') frame.write(payload, header, length, 'utf8');
  else payload.copy(frame, header);
  applyMask(frame, header, mask);
  return frame;
}

/** Payloads up to here have their length in the second byte. */
const SHORT = 125;

/** The usual case, in one pass and without calls into the runtime; undefined when a letter needs more than one byte. */
function shortAscii(opcode: number, text: string, mask: number): Buffer | undefined {
  const { length } = text;
  const frame = Buffer.allocUnsafe(6 + length);
  frame[0] = 0x80 | opcode;
  frame[1] = 0x80 | length;
  putMask(frame, 2, mask);
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i);
    if (code > 0x7f) return undefined;
    frame[6 + i] = code ^ (mask >>> (24 - 8 * (i & 3)));
  }
  return frame;
}

function putMask(frame: Buffer, at: number, mask: number): void {
  frame[at] = mask >>> 24;
  frame[at + 1] = mask >>> 16;
  frame[at + 2] = mask >>> 8;
  frame[at + 3] = mask;
}

/** The payload of a close frame; the status keeps its low 16 bits. */
export function closePayload(status: number, reason: string): Buffer {
  const payload = Buffer.allocUnsafe(2 + Buffer.byteLength(reason));
  payload.writeUInt16BE(status & 0xffff, 0);
  payload.write(reason, 2, 'utf8');
  return payload;
}

function applyMask(frame: Buffer, start: number, mask: number): void {
  const m0 = mask >>> 24;
  const m1 = (mask >>> 16) & 255;
  const m2 = (mask >>> 8) & 255;
  const m3 = mask & 255;
  const { length } = frame;
  let i = start;
  for (; i + 3 < length; i += 4) {
    frame[i] = at(frame, i) ^ m0;
    frame[i + 1] = at(frame, i + 1) ^ m1;
    frame[i + 2] = at(frame, i + 2) ^ m2;
    frame[i + 3] = at(frame, i + 3) ^ m3;
  }
  if (i < length) frame[i] = at(frame, i) ^ m0;
  if (i + 1 < length) frame[i + 1] = at(frame, i + 1) ^ m1;
  if (i + 2 < length) frame[i + 2] = at(frame, i + 2) ^ m2;
}

const at = (bytes: Buffer, i: number): number => bytes[i] ?? 0;
