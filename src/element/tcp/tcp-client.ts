import { isUtf8 } from 'node:buffer';
import { encodeText, JavaError } from '../../java/index.js';
import { decode, type Sample, type Test } from '../../model/index.js';
import {
  type Answer,
  type AnswerEnd,
  LengthRead,
  type LineError,
  readEndsWith,
  TimeoutError,
  type Wire,
} from '../../protocol/index.js';
import { hexBytes } from './hex-text.js';

/** What JMeter's client classes differ in: how a request becomes bytes, where an answer ends, and what is shown of it. */
export interface TcpClient {
  /** The charset of its texts; bytes are shown in hex without one. */
  readonly charset: string | undefined;
  /** Sends the request; throws what Java does. */
  write(wire: Wire, request: string): void;
  /** Where an answer ends, for one answer; `begun` is called when the first of it is there. */
  reading(begun: () => void): Reading;
}

/** How one answer is read. */
export interface Reading {
  readonly end: AnswerEnd;
  /** Whether the client itself tells when the answer has begun. */
  readonly tellsBegin?: boolean;
  /** Of what came, that which counts. */
  bytes(answer: Answer): Buffer;
  /** What the ReadException says; undefined when the sample goes on as if nothing were wrong. */
  failed(error: LineError, size: number): string | undefined;
}

const PACKAGE = 'org.apache.jmeter.protocol.tcp.sampler.';
/** The charset of the platform, which counts where none is named. */
const PLATFORM = 'UTF-8';
/** What is no byte. */
const NONE = 1000;

/** The client of a class name, with the end byte of the element if it has one; undefined when there is no such class. */
export function tcpClient(className: string, endByte: number | undefined, { properties }: Test): TcpClient | undefined {
  const byteOf = (key: string): number | undefined => byte(endByte ?? properties.int(key, NONE));
  switch (shortName(className)) {
    case 'TCPClientImpl':
      return textClient(properties.get('tcp.charset', PLATFORM), byteOf('tcp.eolByte'));
    case 'BinaryTCPClientImpl':
      return binaryClient(byteOf('tcp.BinaryTCPClient.eomByte'));
    case 'LengthPrefixedBinaryTCPClientImpl':
      return lengthPrefixedClient(properties.int('tcp.binarylength.prefix.length', 2));
    default:
      return undefined;
  }
}

/** JMeter tries a name as it is, then in its own package. */
export const shortName = (className: string): string =>
  className.startsWith(PACKAGE) ? className.slice(PACKAGE.length) : className;

/** Java's bytes are signed; a number that is none switches the end byte off. */
const byte = (value: number): number | undefined => (value >= -128 && value <= 127 ? value & 0xff : undefined);

/** TCPClientImpl: a text, up to a read that ends with the end byte, or to the end of the stream. */
function textClient(charset: string, endByte: number | undefined): TcpClient {
  const reading: Reading = {
    end: readEndsWith(endByte),
    bytes: (answer) => answer.bytes,
    failed: (_, size) => `Error reading from server, bytes read: ${size}`,
  };
  return { charset, write: (wire, request) => wire.write(encoded(request, charset)), reading: () => reading };
}

/** BinaryTCPClientImpl: hex. Without an end byte the time runs out in good order. */
function binaryClient(endByte: number | undefined): TcpClient {
  const reading: Reading = {
    end: readEndsWith(endByte),
    bytes: (answer) => answer.bytes,
    failed(error) {
      if (!(error instanceof TimeoutError)) return 'Problems while trying to read';
      return endByte === undefined ? undefined : 'Socket timed out while looking for EOM';
    },
  };
  return { charset: undefined, write: (wire, request) => wire.write(hexBytes(request)), reading: () => reading };
}

/** LengthPrefixedBinaryTCPClientImpl: hex, with the number of bytes in front; an answer that is too short is filled up with zeros. */
function lengthPrefixedClient(prefix: number): TcpClient {
  return {
    charset: undefined,
    write(wire, request) {
      // Two writes as in Java: without TCP_NODELAY the request waits for the other side to acknowledge the length.
      wire.write(lengthBytes(Math.floor(request.length / 2), prefix));
      wire.write(hexBytes(request));
    },
    reading(begun) {
      const read = new LengthRead(prefix, begun);
      return {
        end: read.end,
        tellsBegin: true,
        bytes: (answer) => answer.padded(read.length ?? 0),
        failed: () => '',
      };
    },
  };
}

function lengthBytes(length: number, size: number): Buffer {
  if (size !== 2 && size !== 4)
    throw new JavaError('java.lang.IllegalArgumentException', 'Length must be specified as either 2 or 4.');
  if (size === 2 && length > 0x7fff)
    throw new JavaError('java.lang.IllegalArgumentException', 'Value outside range for signed short int.');
  const bytes = Buffer.alloc(size);
  bytes.writeIntBE(length, 0, size);
  return bytes;
}

/** Throws UnsupportedEncodingException. */
function encoded(text: string, charset: string): Buffer {
  const bytes = encodeText(text, charset);
  if (bytes === undefined) throw new JavaError('java.io.UnsupportedEncodingException', charset);
  return bytes;
}

/** The bytes as the client shows them: decoded, or in hex. */
export const shown = ({ charset }: Pick<TcpClient, 'charset'>, bytes: Buffer): string =>
  charset === undefined ? bytes.toString('hex') : decode(bytes, charset);

/** Sets the data of the sample: what is shown, in the client's charset again (SampleResult.setResponseData). */
export function setShown(sample: Sample, client: TcpClient | undefined, bytes: Buffer): void {
  const charset = client?.charset;
  const isUnicode = charset === undefined || UTF8.test(charset);
  const keptAsIs = charset !== undefined && isUnicode && isUtf8(bytes);
  const text = keptAsIs || client === undefined ? '' : shown(client, bytes);
  const data = keptAsIs ? bytes : isUnicode ? undefined : encodeText(text, charset);
  // A charset that nobody knows is not named; the request could not be sent in it.
  sample.encoding = charset === undefined || (data === undefined && !isUnicode) ? PLATFORM : charset;
  if (data === undefined) sample.setText(text);
  else sample.setData(data);
}

const UTF8 = /^utf-?8$/i;
