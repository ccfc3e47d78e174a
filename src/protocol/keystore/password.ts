import { createDecipheriv, createHash, pbkdf2Sync } from 'node:crypto';
import { child, type Der, DerError, derValues, integer, octets, oid } from './der.js';
import { decryptRc2 } from './rc2.js';

const PBES2 = '1.2.840.113549.1.5.13';
const PKCS12_PBE = '1.2.840.113549.1.12.1.';
const HASHES: Readonly<Record<string, string>> = {
  '1.2.840.113549.2.7': 'sha1',
  '1.2.840.113549.2.8': 'sha224',
  '1.2.840.113549.2.9': 'sha256',
  '1.2.840.113549.2.10': 'sha384',
  '1.2.840.113549.2.11': 'sha512',
};
const CIPHERS: Readonly<Record<string, { readonly name: string; readonly key: number }>> = {
  '2.16.840.1.101.3.4.1.2': { name: 'aes-128-cbc', key: 16 },
  '2.16.840.1.101.3.4.1.22': { name: 'aes-192-cbc', key: 24 },
  '2.16.840.1.101.3.4.1.42': { name: 'aes-256-cbc', key: 32 },
  '1.2.840.113549.3.7': { name: 'des-ede3-cbc', key: 24 },
};

/**
 * Decrypts what a password protects: PBES2 (RFC 8018) and the triple DES and RC2 of PKCS#12 (RFC 7292, appendix C). Throws
 * an Error when the password is wrong, DerError for an algorithm that is none of these.
 */
export function decrypt(algorithm: Der, data: Buffer, password: string): Buffer {
  const name = oid(child(algorithm, 0));
  const parameters = child(algorithm, 1);
  if (name === PBES2) return decryptPbes2(parameters, data, password);
  if (name.startsWith(PKCS12_PBE))
    return decryptPkcs12(Number(name.slice(PKCS12_PBE.length)), parameters, data, password);
  throw new DerError(`unknown encryption ${name}`);
}

function decryptPbes2(parameters: Der, data: Buffer, password: string): Buffer {
  const [salt, iterations, ...rest] = derValues(child(child(parameters, 0), 1).content);
  const scheme = child(parameters, 1);
  const cipher = CIPHERS[oid(child(scheme, 0))];
  const prf = rest.find(({ tag }) => tag === 0x30);
  const hash = prf === undefined ? 'sha1' : HASHES[oid(child(prf, 0))];
  if (salt === undefined || iterations === undefined || cipher === undefined || hash === undefined)
    throw new DerError('unknown encryption');
  const key = pbkdf2Sync(password, octets(salt), integer(iterations), cipher.key, hash);
  return decipher(cipher.name, key, octets(child(scheme, 1)), data);
}

function decryptPkcs12(kind: number, parameters: Der, data: Buffer, password: string): Buffer {
  const salt = octets(child(parameters, 0));
  const iterations = integer(child(parameters, 1));
  const derive = (id: number, size: number): Buffer => derived(id, password, salt, iterations, size);
  const iv = derive(2, 8);
  switch (kind) {
    case 3:
      return decipher('des-ede3-cbc', derive(1, 24), iv, data);
    case 4: {
      const two = derive(1, 16);
      return decipher('des-ede3-cbc', Buffer.concat([two, two.subarray(0, 8)]), iv, data);
    }
    case 5:
      return decryptRc2(derive(1, 16), iv, data);
    case 6:
      return decryptRc2(derive(1, 5), iv, data);
    default:
      throw new DerError('RC4 is not supported');
  }
}

function decipher(name: string, key: Buffer, iv: Buffer, data: Buffer): Buffer {
  const cipher = createDecipheriv(name, key, iv);
  return Buffer.concat([cipher.update(data), cipher.final()]);
}

const BLOCK = 64;

/** RFC 7292, appendix B.2, with SHA-1. */
function derived(id: number, password: string, salt: Buffer, iterations: number, size: number): Buffer {
  const text = Buffer.from(`${password}\0`, 'utf16le').swap16();
  const fill = (from: Buffer): Buffer => Buffer.alloc(Math.ceil(from.length / BLOCK) * BLOCK, from);
  const input = Buffer.concat([fill(salt), fill(text)]);
  const parts: Buffer[] = [];
  for (let made = 0; made < size; made += 20) {
    let hash = createHash('sha1').update(Buffer.alloc(BLOCK, id)).update(input).digest();
    for (let i = 1; i < iterations; i++) hash = createHash('sha1').update(hash).digest();
    parts.push(hash);
    addToBlocks(input, Buffer.alloc(BLOCK, hash));
  }
  return Buffer.concat(parts).subarray(0, size);
}

/** Adds that number and one to each block. */
function addToBlocks(input: Buffer, number: Buffer): void {
  for (let at = 0; at < input.length; at += BLOCK) {
    let carry = 1;
    for (let i = BLOCK - 1; i >= 0; i--) {
      carry += (input[at + i] ?? 0) + (number[i] ?? 0);
      input[at + i] = carry & 255;
      carry >>>= 8;
    }
  }
}
