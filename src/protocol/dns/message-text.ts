import { className, opcodeName, rcodeName, typeName } from './codes.js';
import { nameText } from './name.js';
import { DnsReader, WireParseError } from './reader.js';
import { recordData } from './record-data.js';

const FLAGS = ['qr', '', '', '', '', 'aa', 'tc', 'rd', 'ra', 'flag9', 'ad', 'cd'] as const;
const TRUNCATED = 0x0200;
const SECTIONS = ['QUESTIONS', 'ANSWERS', 'AUTHORITY RECORDS', 'ADDITIONAL RECORDS'] as const;
const UPDATE_SECTIONS = ['ZONE', 'PREREQUISITES', 'UPDATE RECORDS', 'ADDITIONAL RECORDS'] as const;

interface Parsed {
  readonly text: string;
  /** The upper bits of the response code, when the record has them (OPT). */
  readonly moreRcode?: number;
}

/** A DNS message as dnsjava 2.1.9 shows it; undefined when it is none. */
export function dnsMessageText(message: Buffer): string | undefined {
  try {
    return messageText(message);
  } catch (error) {
    if (error instanceof WireParseError) return undefined;
    throw error;
  }
}

function messageText(message: Buffer): string {
  const from = new DnsReader(message);
  const id = from.u16();
  const flags = from.u16();
  const counts = [from.u16(), from.u16(), from.u16(), from.u16()];
  const sections = readSections(from, counts, (flags & TRUNCATED) !== 0);
  const more = sections.flat().find(({ moreRcode }) => moreRcode !== undefined)?.moreRcode ?? 0;
  const opcode = opcodeName((flags >> 11) & 15);
  const set = FLAGS.filter((name, bit) => name !== '' && flags & (1 << (15 - bit))).map((name) => `${name} `);
  // What the header promises, not what came.
  const sizes = ['qd', 'an', 'au', 'ad'].map((name, i) => `${name}: ${counts[i]} `);
  const titles = opcode === 'UPDATE' ? UPDATE_SECTIONS : SECTIONS;
  return [
    `;; ->>HEADER<<- opcode: ${opcode}, status: ${rcodeName((flags & 15) | (more << 4))}, id: ${id}\n`,
    `;; flags: ${set.join('')}; ${sizes.join('')}\n`,
    ...titles.map((title, i) => `;; ${title}:\n${(sections[i] ?? []).map(({ text }) => `${text}\n`).join('')}\n`),
    `;; Message size: ${from.at} bytes`,
  ].join('');
}

/** A truncated message ends where it ends. */
function readSections(from: DnsReader, counts: readonly number[], truncated: boolean): readonly (readonly Parsed[])[] {
  const sections: Parsed[][] = counts.map(() => []);
  try {
    counts.forEach((count, i) => {
      for (let n = 0; n < count; n++) sections[i]?.push(i === 0 ? question(from) : record(from));
    });
  } catch (error) {
    if (!truncated || !(error instanceof WireParseError)) throw error;
  }
  return sections;
}

const question = (from: DnsReader): Parsed => ({
  text: `;;\t${nameText(from.name())}, type = ${typeName(from.u16())}, class = ${className(from.u16())}`,
});

function record(from: DnsReader): Parsed {
  const name = nameText(from.name());
  const type = typeName(from.u16());
  const dclass = from.u16();
  const ttl = from.u32();
  const length = from.u16();
  const { limit } = from;
  if (length > from.left) throw new WireParseError('end of input');
  from.limit = from.at + length;
  const data = type === 'OPT' ? optData(from, dclass, ttl) : recordData(type, from);
  if (from.left > 0) throw new WireParseError('invalid record length');
  from.limit = limit;
  const tabs = name.length < 8 ? '\t\t\t' : name.length < 16 ? '\t\t' : '\t';
  const text = `${name}${tabs}${ttl}\t${className(dclass)}\t${type}${data === '' ? '' : `\t${data}`}`;
  return type === 'OPT' ? { text, moreRcode: ttl >>> 24 } : { text };
}

function optData(from: DnsReader, payload: number, ttl: number): string {
  let shown = '';
  if (from.left > 0) {
    const code = from.u16();
    shown = `[{${OPTIONS[code] ?? `CODE${code}`}: <${from.bytes(from.u16()).toString('hex').toUpperCase()}>}] `;
    // dnsjava 2.1.9 takes the end of the first option for the end of the record.
    from.limit = from.at;
  }
  return `${shown} ; payload ${payload}, xrcode ${ttl >>> 24}, version ${(ttl >>> 16) & 255}, flags ${ttl & 0xffff}`;
}

const OPTIONS: Readonly<Record<number, string>> = { 3: 'NSID' };
