import { randomInt } from 'node:crypto';
import { JavaError, parseInteger } from '../../java/index.js';
import { classNumber, typeNumber } from './codes.js';
import { type Name, nameText, parseName } from './name.js';

/**
 * A DNS question from lines `name type class`, or the number of a flag of the header, to set or (negative) to unset
 * (DNSJavaDecoder with dnsjava 2.1.9). Throws what Java does for a line that is neither.
 */
export function dnsQuery(text: string): Buffer {
  const names = new Names();
  let flags = 0;
  let count = 0;
  for (const line of text.replace(/\n+$/, '').split('\n'))
    if (line.length <= 3) flags = withFlag(flags, parseInteger(line.trim()));
    else {
      addQuestion(line.trim(), names);
      count++;
    }
  const header = Buffer.alloc(HEADER);
  header.writeUInt16BE(randomInt(0x10000), 0);
  header.writeUInt16BE(flags, 2);
  header.writeUInt16BE(count, 4);
  return Buffer.concat([header, ...names.parts]);
}

const HEADER = 12;
/** Bits of the header that are flags. */
const FLAGS = new Set([0, 5, 6, 7, 8, 9, 10, 11]);

function withFlag(flags: number, flag: number): number {
  const bit = Math.abs(flag);
  if (!FLAGS.has(bit)) throw new JavaError('java.lang.IllegalArgumentException', `invalid flag bit ${bit}`);
  const mask = 1 << (15 - bit);
  return flag < 0 ? flags & ~mask : flags | mask;
}

function addQuestion(line: string, names: Names): void {
  const fields = line.replace(/ +$/, '').split(' ');
  const [written = '', typeText = '', classText = ''] = fields;
  if (fields.length !== 3) throw new JavaError('java.lang.IllegalArgumentException', `Wrong DNS query string: ${line}`);
  const name = parseName(written);
  if (name === undefined) throw new JavaError('java.lang.IllegalArgumentException', `Invalid name '${written}'`);
  const type = typeNumber(typeText);
  const dclass = classNumber(classText);
  if (!name.absolute)
    throw new JavaError('org.xbill.DNS.RelativeNameException', `'${nameText(name)}' is not an absolute name`);
  if (!isNumber(type)) throw new JavaError('org.xbill.DNS.InvalidTypeException', `Invalid DNS type: ${type}`);
  if (!isNumber(dclass)) throw new JavaError('org.xbill.DNS.InvalidDClassException', `Invalid DNS class: ${dclass}`);
  names.add(name);
  const numbers = Buffer.alloc(4);
  numbers.writeUInt16BE(type, 0);
  numbers.writeUInt16BE(dclass, 2);
  names.put(numbers);
}

const isNumber = (value: number): boolean => value >= 0 && value <= 0xffff;

/** What follows the header; a name that was there before is only pointed to. */
class Names {
  readonly parts: Buffer[] = [];
  #size = HEADER;
  readonly #places = new Map<string, number>();

  put(part: Buffer): void {
    this.parts.push(part);
    this.#size += part.length;
  }

  add({ labels }: Name): void {
    for (let i = 0; i < labels.length; i++) {
      const rest = labels
        .slice(i)
        .map((label) => label.toString('latin1').toLowerCase())
        .join('\0');
      const known = this.#places.get(rest);
      if (known !== undefined) {
        this.put(Buffer.from([0xc0 | (known >> 8), known & 0xff]));
        return;
      }
      if (this.#size < 0x4000) this.#places.set(rest, this.#size);
      const label = labels[i] ?? Buffer.alloc(0);
      this.put(Buffer.from([label.length]));
      this.put(label);
    }
    this.put(Buffer.from([0]));
  }
}
