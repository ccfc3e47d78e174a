import { JavaError } from '../../java/index.js';
import { LineError } from '../line/index.js';
import { type Frame, type FrameKind, OPCODE } from './frame.js';
import type { Inflater } from './inflater.js';

const EMPTY = Buffer.alloc(0);
const INCOMPLETE = Buffer.from('<not showing response data, because it is compressed and at this stage incomplete>');

/**
 * Frames out of bytes, with the rules of the Java client: what it does not check is not checked here (masks, reserved
 * bits, sizes of control frames), and a bad frame is taken off the stream before it is complained about.
 */
export class FrameDecoder {
  /** Where the next frame begins, also after a throw. */
  next = 0;
  inflater: Inflater | undefined;
  /** The message whose fragments are coming. */
  #open: 'text' | 'binary' | undefined;
  /** Forgotten by a ping between two fragments, as in the Java client. */
  #compressed = false;

  /** The frame at `start`, or undefined when it is not complete. */
  decode(bytes: Buffer, start: number, end: number): Frame | undefined {
    this.next = start;
    const have = end - start;
    if (have < 2) return undefined;
    const short = at(bytes, start + 1) & 0x7f;
    const header = short < 126 ? 2 : short === 126 ? 4 : 10;
    if (have < header) return undefined;
    const length = short < 126 ? short : short === 126 ? bytes.readUInt16BE(start + 2) : this.#long(bytes, start);
    const size = header + length;
    if (have < size) return undefined;
    this.next = start + size;
    return this.#frame(at(bytes, start), bytes, start + header, this.next, size);
  }

  /** Throws what the end of the stream means when only these bytes are left. */
  end(bytes: Buffer, start: number, end: number): never {
    this.next = end;
    const have = end - start;
    const short = have < 2 ? 0 : at(bytes, start + 1) & 0x7f;
    const header = short < 126 ? 2 : short === 126 ? 4 : 10;
    if (have >= 2 && header === 10 && have < 10)
      throw new LineError(`WebSocket protocol error: expected 8 length bytes, but can only read ${have - 2} bytes`);
    if (have < header) throw new LineError('end of stream');
    const length = short < 126 ? short : short === 126 ? bytes.readUInt16BE(start + 2) : this.#long(bytes, start);
    throw new LineError(
      `WebSocket protocol error: expected payload of length ${length}, but can only read ${have - header} bytes`,
    );
  }

  #long(bytes: Buffer, start: number): number {
    const length = bytes.readUInt32BE(start + 6);
    if (bytes.readUInt32BE(start + 2) === 0 && length <= 0x7fffffff) return length;
    // The Java client has read the ten bytes by then and does not rewind.
    this.next = start + 10;
    throw new JavaError(
      'java.lang.RuntimeException',
      'Frame too large; Java does not support arrays longer than 2147483647 bytes.',
    );
  }

  #frame(first: number, bytes: Buffer, from: number, to: number, size: number): Frame {
    const opcode = first & 0x0f;
    const final = (first & 0x80) !== 0;
    const packed =
      opcode === OPCODE.continuation
        ? this.#compressed
        : (opcode === OPCODE.text || opcode === OPCODE.binary) && (first & 0x40) !== 0;
    const payload = packed ? this.#inflate(bytes.subarray(from, to), opcode, final) : undefined;
    const frame =
      payload === undefined
        ? this.#make(opcode, final, bytes, from, to, size)
        : this.#make(opcode, final, payload, 0, payload.length, size);
    this.#follow(frame, packed);
    return frame;
  }

  #inflate(payload: Buffer, opcode: number, final: boolean): Buffer {
    if (this.inflater === undefined)
      throw new JavaError(
        'java.lang.NullPointerException',
        'Cannot invoke "eu.luminis.websocket.WebSocketInflater.appendCompressedData(byte[], boolean, org.apache.log.Logger)" because "webSocketInflater" is null',
      );
    this.inflater.add(Buffer.from(payload));
    if (final) return this.inflater.message();
    return opcode === OPCODE.text || this.#open === 'text' ? INCOMPLETE : EMPTY;
  }

  #make(opcode: number, final: boolean, bytes: Buffer, from: number, to: number, size: number): Frame {
    switch (opcode) {
      case OPCODE.continuation:
        if (this.#open === undefined)
          throw new LineError('no continuation frame expected', 'java.net.ProtocolException');
        return data(this.#open, final, true, size, bytes, from, to);
      case OPCODE.text:
        return data('text', final, false, size, bytes, from, to);
      case OPCODE.binary:
        return data('binary', final, false, size, bytes, from, to);
      case OPCODE.close:
        return closing(size, bytes, from, to);
      case OPCODE.ping:
        return data('ping', true, false, size, bytes, from, to);
      case OPCODE.pong:
        return data('pong', true, false, size, bytes, from, to);
      default:
        throw new JavaError('java.lang.RuntimeException', `unsupported frame type: ${opcode}`);
    }
  }

  #follow({ kind, final, continuation }: Frame, packed: boolean): void {
    this.#compressed = packed;
    if (kind !== 'text' && kind !== 'binary') return;
    if (this.#open === undefined) {
      if (!final) this.#open = kind;
    } else if (!continuation) throw new LineError('missing continuation frame', 'java.net.ProtocolException');
    else if (final) this.#open = undefined;
  }
}

function data(
  kind: FrameKind,
  final: boolean,
  continuation: boolean,
  size: number,
  bytes: Buffer,
  from: number,
  to: number,
): Frame {
  const isText = kind === 'text';
  return {
    kind,
    final,
    continuation,
    size,
    payloadSize: to - from,
    text: isText ? bytes.toString('utf8', from, to) : '',
    data: isText || from === to ? EMPTY : Buffer.from(bytes.subarray(from, to)),
    status: undefined,
    reason: undefined,
  };
}

function closing(size: number, bytes: Buffer, from: number, to: number): Frame {
  const payloadSize = to - from;
  return {
    kind: 'close',
    final: true,
    continuation: false,
    size,
    payloadSize,
    text: '',
    data: EMPTY,
    // Signed, as the Java client reads it.
    status: payloadSize >= 2 ? bytes.readInt16BE(from) : undefined,
    reason: payloadSize > 2 ? bytes.toString('utf8', from + 2, to) : undefined,
  };
}

const at = (bytes: Buffer, i: number): number => bytes[i] ?? 0;
