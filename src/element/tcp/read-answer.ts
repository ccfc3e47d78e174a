import { JavaError } from '../../java/index.js';
import type { Test } from '../../model/index.js';
import {
  Answer,
  type AnswerEnd,
  LineError,
  type Room,
  receive,
  TimeoutError,
  TooLong,
  type Wire,
} from '../../protocol/index.js';
import type { TcpClient } from './tcp-client.js';

/** The answer could not be read; what came of it is a result nevertheless. */
export class ReadException extends JavaError {
  constructor(
    message: string,
    readonly partial: Buffer,
  ) {
    super('org.apache.jmeter.protocol.tcp.sampler.ReadException', message);
  }
}

interface ReadSettings {
  /** Our own rule for the end; undefined = the client's. */
  readonly end: AnswerEnd | undefined;
  /** Milliseconds. */
  readonly timeout: number;
  readonly began: () => void;
  readonly test: Test;
}

/** The answer's bytes; throws ReadException, and JavaError for what is none of a reader's failures. */
export async function readAnswer(wire: Wire, client: TcpClient, settings: ReadSettings): Promise<Buffer> {
  const { end, timeout, began, test } = settings;
  const reading = client.reading(began);
  const own = end !== undefined;
  const answer = new Answer(roomOf(test), !own && reading.tellsBegin ? () => {} : began);
  const bytes = (): Buffer => (own ? answer.bytes : reading.bytes(answer));
  try {
    await receive(wire, answer, end ?? reading.end, timeout);
    return bytes();
  } catch (error) {
    if (!(error instanceof LineError) || error instanceof TooLong) throw error;
    const why = own ? ownWords(error, answer.size) : reading.failed(error, answer.size);
    if (why === undefined) return bytes();
    throw new ReadException(why, bytes());
  } finally {
    answer.release();
  }
}

const ownWords = (error: LineError, size: number): string =>
  error instanceof TimeoutError ? `${error.message}, bytes read: ${size}` : error.message;

const MEGABYTE = 1 << 20;

/** JMeter fills its heap; here an answer that does not end fails its sample (docs/tcp.md). */
const roomOf = (test: Test): Room =>
  test.state(ROOM, () => {
    const each = test.properties.int('meterless.tcp.answer.limit', 128 * MEGABYTE);
    return { each, left: 8 * each };
  });
const ROOM = {};
