import { compilePattern, encodeText, isBad, toInt } from '../../java/index.js';
import { type AnswerEnd, afterLength, afterSilence, behindBytes, whereFound } from '../../protocol/index.js';
import { hexBytes } from './hex-text.js';
import { illegalArgument } from './socket-address.js';
import { shown, type TcpClient } from './tcp-client.js';

/**
 * Where an answer ends by our own rules (docs/tcp.md): `bytes`, `hex`, `length`, `regex` or `idle`, with their value. Throws
 * IllegalArgumentException that says what is wrong with it.
 */
export function answerEnd(rule: string, value: string, client: Pick<TcpClient, 'charset'>): AnswerEnd {
  switch (rule) {
    case 'bytes':
      return behindBytes(someBytes(encodeText(unescaped(value), client.charset ?? 'UTF-8') ?? Buffer.alloc(0)));
    case 'hex':
      return behindBytes(someBytes(hexBytes(value)));
    case 'length':
      return lengthEnd(value);
    case 'regex':
      return regexEnd(value, client);
    case 'idle':
      return afterSilence(idleTime(value));
    default:
      throw illegalArgument(`until: ${rule} is not one of bytes, hex, length, regex, idle`);
  }
}

function someBytes(bytes: Buffer): Buffer {
  if (bytes.length === 0) throw illegalArgument('untilValue: there is no byte to end at');
  return bytes;
}

const ESCAPES: Readonly<Record<string, string>> = { r: '\r', n: '\n', t: '\t', '0': '\0', '\\': '\\' };

const unescaped = (text: string): string =>
  text.replace(/\\(?:x([\da-fA-F]{2})|([rnt0\\]))/g, (_, hex: string | undefined, one: string | undefined) =>
    hex === undefined ? (ESCAPES[one ?? ''] ?? '') : String.fromCharCode(Number.parseInt(hex, 16)),
  );

/** `4`, or `2,little,inclusive`: bytes of the number, their order, and whether the number counts them too. */
function lengthEnd(value: string): AnswerEnd {
  const [number = '', ...words] = value.split(',').map((word) => word.trim());
  const size = toInt(number) ?? 0;
  const wrong = words.find((word) => !LENGTH_WORDS.has(word));
  if (size < 1 || size > 6 || wrong !== undefined)
    throw illegalArgument(`untilValue: ${value} is no length such as 4 or 2,little,inclusive (1 to 6 bytes)`);
  return afterLength({ size, littleEndian: words.includes('little'), includesItself: words.includes('inclusive') });
}

const LENGTH_WORDS = new Set(['big', 'little', 'inclusive', 'exclusive']);

function regexEnd(source: string, client: Pick<TcpClient, 'charset'>): AnswerEnd {
  const pattern = compilePattern(source, { dialect: 'java' });
  if (isBad(pattern)) throw pattern.error;
  const { charset } = client;
  return whereFound((bytes) => {
    const text = shown(client, bytes);
    const end = pattern.find(text)?.end;
    if (end === undefined) return undefined;
    return charset === undefined ? Math.ceil(end / 2) : encodeText(text.slice(0, end), charset)?.length;
  });
}

function idleTime(value: string): number {
  const ms = toInt(value) ?? 0;
  if (ms <= 0) throw illegalArgument(`untilValue: ${value} is no number of milliseconds`);
  return ms;
}
