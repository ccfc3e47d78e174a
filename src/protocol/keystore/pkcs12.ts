import { createPrivateKey, X509Certificate } from 'node:crypto';
import { child, type Der, derValue, derValues, inside, octets, oid } from './der.js';
import { decrypt } from './password.js';

/** A private key with its certificates, both in PEM; the first certificate is the key's own. */
export interface KeyEntry {
  /** In lower case, as Java keeps it. */
  readonly alias: string;
  readonly key: string;
  readonly chain: string;
}

const DATA = '1.2.840.113549.1.7.1';
const BAG = '1.2.840.113549.1.12.10.1.';
const FRIENDLY_NAME = '1.2.840.113549.1.9.20';
const LOCAL_KEY_ID = '1.2.840.113549.1.9.21';

interface Bag {
  readonly kind: string;
  readonly value: Der;
  readonly name: string | undefined;
  readonly keyId: string | undefined;
}

/**
 * The private keys of a PKCS#12 file (RFC 7292) in the order in which they stand there, as Java lists them. Node's own reader gives
 * one of them only, and no names. Throws an Error when it is no such file, or the password is wrong.
 */
export function readPkcs12(file: Buffer, password: string): KeyEntry[] {
  const bags = bagsOf(file, password);
  const certificates = bags
    .filter(({ kind }) => kind === '3')
    .map(({ value, keyId }) => ({ keyId, x509: new X509Certificate(octets(inside(child(value, 1)))) }));
  const entries = new Map<string, KeyEntry>();
  let unnamed = 0;
  for (const { kind, value, name, keyId } of bags) {
    if (kind !== '1' && kind !== '2') continue;
    const alias = (name ?? `${++unnamed}`).toLowerCase();
    const der = kind === '1' ? whole(value) : decrypt(child(value, 0), octets(child(value, 1)), password);
    const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
    const own = certificates.find((one) => one.keyId === keyId)?.x509;
    if (own === undefined) continue;
    const chain = chainOf(
      own,
      certificates.map(({ x509 }) => x509),
    );
    const pem = key.export({ format: 'pem', type: 'pkcs8' }).toString();
    entries.set(alias, { alias, key: pem, chain: chain.map(String).join('') });
  }
  return [...entries.values()];
}

function bagsOf(file: Buffer, password: string): Bag[] {
  const safe = octets(inside(child(child(derValue(file), 1), 1)));
  return derValues(derValue(safe).content).flatMap((info) => {
    const content = inside(child(info, 1));
    const plain = oid(child(info, 0)) === DATA ? octets(content) : decrypted(child(content, 1), password);
    return derValues(derValue(plain).content).map(bagOf);
  });
}

/** EncryptedContentInfo: what it is, how it was encrypted, and the bytes under an implicit tag. */
const decrypted = (info: Der, password: string): Buffer => decrypt(child(info, 1), octets(child(info, 2)), password);

function bagOf(der: Der): Bag {
  const [id, value, attributes] = derValues(der.content);
  let name: string | undefined;
  let keyId: string | undefined;
  for (const attribute of attributes === undefined ? [] : derValues(attributes.content)) {
    const type = oid(child(attribute, 0));
    const { content } = inside(child(attribute, 1));
    if (type === FRIENDLY_NAME) name = Buffer.from(content).swap16().toString('utf16le');
    else if (type === LOCAL_KEY_ID) keyId = content.toString('hex');
  }
  const kind = id === undefined ? '' : oid(id).slice(BAG.length);
  return { kind, value: value === undefined ? der : inside(value), name, keyId };
}

/** A value with its head again. */
function whole({ tag, content }: Der): Buffer {
  const head = Buffer.from([tag, 0x84, 0, 0, 0, 0]);
  head.writeUInt32BE(content.length, 2);
  return Buffer.concat([head, content]);
}

/** From the key's own certificate to the last one whose issuer is there. */
function chainOf(own: X509Certificate, all: readonly X509Certificate[]): X509Certificate[] {
  const chain = [own];
  for (let last = own; last.issuer !== last.subject; ) {
    const next = all.find((one) => one.subject === last.issuer && !chain.includes(one));
    if (next === undefined) break;
    chain.push(next);
    last = next;
  }
  return chain;
}
