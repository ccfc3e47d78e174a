import { randomInt } from 'node:crypto';
import { JavaError } from '../../java/index.js';

/** The plugin's alphabet, of which it never draws the last letter. */
const LETTERS = 'abcdefghijklmnopqrstuvwxmy012345678';

/** Util.generatePayload. */
export function randomPayload(length: number): string {
  let text = '';
  for (let i = 0; i < length; i++) text += LETTERS[randomInt(LETTERS.length)];
  return text;
}

/** DatatypeConverter.parseHexBinary; throws its IllegalArgumentException. */
export function hexPayload(hex: string): Buffer {
  const illegal = (message: string): JavaError => new JavaError('java.lang.IllegalArgumentException', message);
  if (hex.length % 2 !== 0) throw illegal(`hexBinary needs to be even-length: ${hex}`);
  if (/[^0-9a-fA-F]/.test(hex)) throw illegal(`contains illegal character for hexBinary: ${hex}`);
  return Buffer.from(hex, 'hex');
}
