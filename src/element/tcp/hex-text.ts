import { JavaError } from '../../java/index.js';

/** Bytes from pairs of hex digits; throws IllegalArgumentException in the words of BinaryTCPClientImpl. */
export function hexBytes(text: string): Buffer {
  if (text.length % 2 !== 0) throw wrong('Hex-encoded binary string contains an uneven no. of digits');
  const bad = /^(?:[\da-fA-F]{2})*/.exec(text)?.[0].length ?? 0;
  if (bad < text.length)
    throw wrong(`Hex-encoded binary string contains an invalid hex digit in '${text.slice(bad, bad + 2)}'`);
  return Buffer.from(text, 'hex');
}

const wrong = (message: string): JavaError => new JavaError('java.lang.IllegalArgumentException', message);
