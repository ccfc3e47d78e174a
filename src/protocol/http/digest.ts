import { createHash, randomBytes } from 'node:crypto';
import type { Login } from './authorizer.js';
import { hopOf } from './proxy.js';
import type { HttpRequest } from './request.js';
import { Parts } from './upload.js';

/** Answers one Digest challenge, as often as it is asked (RFC 2617; DigestScheme of HttpClient 4.5.14). */
export class DigestAnswers {
  #count = 0;
  readonly #cnonce = randomBytes(8).toString('hex');

  constructor(
    private readonly login: Login,
    private readonly parameters: ReadonlyMap<string, string | undefined>,
  ) {}

  /** Whether a new challenge only says that the old one is too old. */
  stale(parameters: ReadonlyMap<string, string | undefined>): boolean {
    return parameters.get('stale')?.toLowerCase() === 'true';
  }

  /** undefined when the challenge cannot be answered: no realm or nonce, an unknown digest, no quality that is known. */
  header(request: HttpRequest): string | undefined {
    const { parameters } = this;
    const realm = parameters.get('realm');
    const nonce = parameters.get('nonce');
    const algorithm = parameters.get('algorithm') ?? 'MD5';
    const hash = hashOf(algorithm, parameters.get('charset'));
    const quality = qualityOf(parameters.get('qop'), request);
    if (realm === undefined || nonce === undefined || hash === undefined || quality === undefined) return undefined;
    const { user, password } = this.login;
    const { uri } = hopOf(request);
    const count = (++this.#count).toString(16).padStart(8, '0');
    let who = `${user}:${realm}:${password}`;
    if (algorithm.toLowerCase() === 'md5-sess') who = `${hash(who)}:${nonce}:${this.#cnonce}`;
    let what = `${request.method}:${uri}`;
    const content = request.entity?.content ?? '';
    if (quality === 'auth-int') what += `:${hash(content instanceof Parts ? content.whole() : content)}`;
    const between = quality === '' ? nonce : `${nonce}:${count}:${this.#cnonce}:${quality}`;
    const response = hash(`${hash(who)}:${between}:${hash(what)}`);
    const parts = [
      `username=${quoted(user)}`,
      `realm=${quoted(realm)}`,
      `nonce=${quoted(nonce)}`,
      `uri=${quoted(uri)}`,
      `response="${response}"`,
    ];
    if (quality !== '') parts.push(`qop=${quality}`, `nc=${count}`, `cnonce="${this.#cnonce}"`);
    parts.push(`algorithm=${algorithm}`);
    const opaque = parameters.get('opaque');
    if (opaque !== undefined) parts.push(`opaque=${quoted(opaque)}`);
    return `Digest ${parts.join(', ')}`;
  }
}

type Hash = (content: Buffer | string) => string;

/** Names as java.security.MessageDigest knows them. */
const DIGESTS: Readonly<Record<string, string>> = {
  md5: 'md5',
  'md5-sess': 'md5',
  sha: 'sha1',
  'sha-1': 'sha1',
  sha1: 'sha1',
  'sha-224': 'sha224',
  'sha-256': 'sha256',
  'sha-384': 'sha384',
  'sha-512': 'sha512',
  'sha-512/256': 'sha512-256',
};

function hashOf(algorithm: string, charset = 'us-ascii'): Hash | undefined {
  const key = algorithm.toLowerCase();
  const name = Object.hasOwn(DIGESTS, key) ? DIGESTS[key] : undefined;
  if (name === undefined) return undefined;
  const ascii = charset.toLowerCase() === 'us-ascii';
  const encoding = charset.toLowerCase() === 'utf-8' ? 'utf8' : 'latin1';
  return (content) => {
    const bytes =
      typeof content === 'string'
        ? Buffer.from(ascii ? content.replace(/[^\0-\x7f]/g, '?') : content, encoding)
        : content;
    return createHash(name).update(bytes).digest('hex');
  };
}

/** '' = the challenge does not speak of quality. */
function qualityOf(qop: string | undefined, { entity }: HttpRequest): '' | 'auth' | 'auth-int' | undefined {
  if (qop === undefined) return '';
  const known = qop.split(',').map((one) => one.trim().toLowerCase());
  if (entity !== undefined && known.includes('auth-int')) return 'auth-int';
  return known.includes('auth') ? 'auth' : undefined;
}

const quoted = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;
