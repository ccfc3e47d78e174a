import { typeName } from './codes.js';
import { decimal, nameText } from './name.js';
import type { DnsReader } from './reader.js';

/** The data of a record as dnsjava 2.1.9 shows it; types that are not here are shown as those that it does not know. */
export function recordData(type: string, from: DnsReader): string {
  const show = SHOWN[type];
  return show === undefined ? unknown(from) : show(from);
}

type Show = (from: DnsReader) => string;

function unknown(from: DnsReader): string {
  const data = from.bytes();
  return `\\# ${data.length} ${data.toString('hex').toUpperCase()}`;
}

const hex: Show = (from) => from.bytes().toString('hex').toUpperCase();
const name: Show = (from) => nameText(from.name());
const numberAndName: Show = (from) => `${from.u16()} ${name(from)}`;

const A: Show = (from) => [...from.bytes(4)].join('.');
/** Nothing is left out, unlike the usual short form. */
const AAAA: Show = (from) => Array.from({ length: 8 }, () => from.u16().toString(16)).join(':');
const SOA: Show = (from) =>
  [name(from), name(from), from.u32(), from.u32(), from.u32(), from.u32(), from.u32()].join(' ');
const SRV: Show = (from) => [from.u16(), from.u16(), from.u16(), name(from)].join(' ');
const NAPTR: Show = (from) =>
  [from.u16(), from.u16(), text(from.counted()), text(from.counted()), text(from.counted()), name(from)].join(' ');
const CAA: Show = (from) => [from.u8(), bare(from.counted()), text(from.bytes())].join(' ');
const DNSKEY: Show = (from) => [from.u16(), from.u8(), from.u8(), from.bytes().toString('base64')].join(' ');
const DS: Show = (from) => [from.u16(), from.u8(), from.u8(), hex(from)].join(' ');

const SSHFP: Show = (from) => [from.u8(), from.u8(), hex(from)].join(' ');
const TLSA: Show = (from) => [from.u8(), from.u8(), from.u8(), hex(from)].join(' ');

const TXT: Show = (from) => {
  const texts: string[] = [];
  while (from.left > 0) texts.push(text(from.counted()));
  return texts.join(' ');
};

const RRSIG: Show = (from) => {
  const parts = [
    typeName(from.u16()),
    from.u8(),
    from.u8(),
    from.u32(),
    stamp(from.u32()),
    stamp(from.u32()),
    from.u16(),
  ];
  return [...parts, name(from), from.bytes().toString('base64')].join(' ');
};

const NSEC: Show = (from) => {
  const shown = [name(from)];
  while (from.left > 0) {
    const window = from.u8() << 8;
    from.counted().forEach((byte, i) => {
      for (let bit = 0; bit < 8; bit++) if (byte & (0x80 >> bit)) shown.push(typeName(window + i * 8 + bit));
    });
  }
  return shown.join(' ');
};

const SHOWN: Readonly<Record<string, Show>> = {
  A,
  AAAA,
  CAA,
  DNSKEY,
  DS,
  NAPTR,
  NSEC,
  RRSIG,
  SOA,
  SRV,
  TXT,
  SPF: TXT,
  SSHFP,
  TLSA,
  SMIMEA: TLSA,
  CDS: DS,
  DLV: DS,
  CDNSKEY: DNSKEY,
  HINFO: (from) => `${text(from.counted())} ${text(from.counted())}`,
  RP: (from) => `${name(from)} ${name(from)}`,
  MINFO: (from) => `${name(from)} ${name(from)}`,
  NS: name,
  MD: name,
  MF: name,
  CNAME: name,
  MB: name,
  MG: name,
  MR: name,
  PTR: name,
  DNAME: name,
  'NSAP-PTR': name,
  MX: numberAndName,
  AFSDB: numberAndName,
  RT: numberAndName,
  KX: numberAndName,
};

const bare = (bytes: Buffer): string =>
  [...bytes]
    .map((b) => (b < 0x20 || b >= 0x7f ? decimal(b) : (b === 34 || b === 92 ? '\\' : '') + String.fromCharCode(b)))
    .join('');
const text = (bytes: Buffer): string => `"${bare(bytes)}"`;

/** Seconds since the epoch as `20231114221320`, in UTC. */
const stamp = (seconds: number): string => new Date(seconds * 1000).toISOString().replace(/\D/g, '').slice(0, 14);
