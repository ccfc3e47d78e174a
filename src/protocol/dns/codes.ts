/** Names of types, by their numbers (dnsjava 2.1.9). */
const TYPES = table(`
  A:1 NS:2 MD:3 MF:4 CNAME:5 SOA:6 MB:7 MG:8 MR:9 NULL:10 WKS:11 PTR:12 HINFO:13 MINFO:14 MX:15 TXT:16 RP:17 AFSDB:18 X25:19
  ISDN:20 RT:21 NSAP:22 NSAP-PTR:23 SIG:24 KEY:25 PX:26 GPOS:27 AAAA:28 LOC:29 NXT:30 EID:31 NIMLOC:32 SRV:33 ATMA:34 NAPTR:35
  KX:36 CERT:37 A6:38 DNAME:39 OPT:41 APL:42 DS:43 SSHFP:44 IPSECKEY:45 RRSIG:46 NSEC:47 DNSKEY:48 DHCID:49 NSEC3:50
  NSEC3PARAM:51 TLSA:52 SMIMEA:53 CDS:59 CDNSKEY:60 OPENPGPKEY:61 SPF:99 TKEY:249 TSIG:250 IXFR:251 AXFR:252 MAILB:253 MAILA:254
  ANY:255 URI:256 CAA:257 DLV:32769`);
const CLASSES = table('IN:1 CH:3 HS:4 NONE:254 ANY:255 CHAOS:3 HESIOD:4');
const RCODES = table(`
  NOERROR:0 FORMERR:1 SERVFAIL:2 NXDOMAIN:3 NOTIMP:4 REFUSED:5 YXDOMAIN:6 YXRRSET:7 NXRRSET:8 NOTAUTH:9 NOTZONE:10 BADVERS:16`);
const OPCODES = table('QUERY:0 IQUERY:1 STATUS:2 NOTIFY:4 UPDATE:5');

interface Table {
  readonly numbers: ReadonlyMap<string, number>;
  readonly names: ReadonlyMap<number, string>;
}

function table(text: string): Table {
  const pairs = text
    .trim()
    .split(/\s+/)
    .map((pair) => pair.split(':'))
    .map(([name = '', number]) => [name, Number(number)] as const);
  const names = new Map<number, string>();
  for (const [name, number] of pairs) if (!names.has(number)) names.set(number, name);
  return { numbers: new Map(pairs), names };
}

const nameIn =
  ({ names }: Table, prefix: string) =>
  (number: number): string =>
    names.get(number) ?? `${prefix}${number}`;
export const typeName = nameIn(TYPES, 'TYPE');
export const className = nameIn(CLASSES, 'CLASS');
export const rcodeName = nameIn(RCODES, 'RESERVED');
export const opcodeName = nameIn(OPCODES, 'RESERVED');

/** The number of a name or of `TYPE123`, in any case; -1 = there is none. */
const numberIn =
  ({ numbers }: Table, prefix: string) =>
  (text: string): number => {
    const name = text.toUpperCase();
    const known = numbers.get(name);
    if (known !== undefined) return known;
    const digits = name.startsWith(prefix) ? name.slice(prefix.length) : '';
    return /^\d{1,9}$/.test(digits) ? Number(digits) : -1;
  };
export const typeNumber = numberIn(TYPES, 'TYPE');
export const classNumber = numberIn(CLASSES, 'CLASS');
