import { createHash } from 'node:crypto';

/** The digest of some bytes. */
export type MessageDigest = (bytes: Buffer) => Buffer;

/** MessageDigest.getInstance of Java 17, names in any case; undefined for an algorithm that Java does not know. */
export function messageDigest(algorithm: string): MessageDigest | undefined {
  const asked = algorithm.toUpperCase().replace(/^OID\.(?=\d)/, '');
  const name = OIDS[asked] ?? asked;
  if (name === 'MD2') return md2;
  const known = /^SHA(-?1)?$/.test(name) ? 'sha1' : name.replace(/^SHA-?(?=\d{3})/, 'SHA').toLowerCase();
  if (!KNOWN.has(known)) return undefined;
  const openSsl = known.replace('/', '-');
  return (bytes) => createHash(openSsl).update(bytes).digest();
}

const KNOWN: ReadonlySet<string> = new Set(
  'md5 sha1 sha224 sha256 sha384 sha512 sha512/224 sha512/256 sha3-224 sha3-256 sha3-384 sha3-512'.split(' '),
);
const NIST = '2.16.840.1.101.3.4.2';
const OIDS: Readonly<Record<string, string>> = {
  '1.3.14.3.2.26': 'SHA-1',
  [`${NIST}.1`]: 'SHA-256',
  [`${NIST}.2`]: 'SHA-384',
  [`${NIST}.3`]: 'SHA-512',
  [`${NIST}.4`]: 'SHA-224',
  [`${NIST}.5`]: 'SHA-512/224',
  [`${NIST}.6`]: 'SHA-512/256',
  [`${NIST}.7`]: 'SHA3-224',
  [`${NIST}.8`]: 'SHA3-256',
  [`${NIST}.9`]: 'SHA3-384',
  [`${NIST}.10`]: 'SHA3-512',
};

/** RFC 1319; OpenSSL no longer has it. */
function md2(bytes: Buffer): Buffer {
  const padding = 16 - (bytes.length % 16);
  const message = Buffer.concat([bytes, Buffer.alloc(padding, padding)]);
  const checksum = Buffer.alloc(16);
  let last = 0;
  for (let i = 0; i < message.length; i++) {
    last = (checksum[i % 16] ?? 0) ^ (SUBSTITUTION[(message[i] ?? 0) ^ last] ?? 0);
    checksum[i % 16] = last;
  }
  const state = new Uint8Array(48);
  for (const block of [message, checksum])
    for (let from = 0; from < block.length; from += 16) mix(state, block.subarray(from, from + 16));
  return Buffer.from(state.subarray(0, 16));
}

function mix(state: Uint8Array, block: Buffer): void {
  for (let i = 0; i < 16; i++) {
    state[16 + i] = block[i] ?? 0;
    state[32 + i] = (block[i] ?? 0) ^ (state[i] ?? 0);
  }
  let t = 0;
  for (let round = 0; round < 18; round++) {
    for (let i = 0; i < 48; i++) {
      t = (state[i] ?? 0) ^ (SUBSTITUTION[t] ?? 0);
      state[i] = t;
    }
    t = (t + round) % 256;
  }
}

/** MD2's table: the numbers 0 to 255, shuffled by the digits of pi. */
const SUBSTITUTION = Buffer.from(
  '292e43c9a2d87c013d3654a1ecf0061362a705f3c0c7738c98932bd9bc4c82ca1e9b573cfdd4e01667426f188a17e512' +
    'be4ec4d6da9ede49a0fbf58ebb2fee7aa968799115b2073f94c210890b225f21807f5d9a5a903227353ecce7bff79703' +
    'ff1930b348a5b5d1d75e922aac56aac64fb838d296a47db676fc6be29c7404f1459d705964718720865bcf65e62da802' +
    '1b6025adaeb0b9f61c46616934407e0f5547a323dd51af3ac35cf9cebac5ea262c530d6e85288409d3dfcdf441814d52' +
    '6adc37c86cc1abfa24e17b080cbdb14a7888958be363e86de9cbd5fe3b001d39f2efb70e6658d0e4a67772f8eb754b0a' +
    '314450b48fed1f1adb998d339f118314',
  'hex',
);
