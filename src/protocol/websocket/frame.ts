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
  const length = typeof payload === 'string' ? Buffer.byteLength(payload) : payload.length;
  const header = length <= 125 ? 6 : length < 65536 ? 8 : 14;
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
  const mask = (Math.random() * 0x1_0000_0000) >>> 0;
  frame.writeUInt32BE(mask, header - 4);
  if (typeof payload === 'string') frame.write(payload, header, length, 'utf8');
  else payload.copy(frame, header);
  applyMask(frame, header, mask);
  return frame;
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
