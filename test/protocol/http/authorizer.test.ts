import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { basicHeader, LoginAuthorizer } from '../../../src/protocol/http/authorizer.js';
import type { HttpRequest } from '../../../src/protocol/http/request.js';
import { RequestHeaders } from '../../../src/protocol/http/request-headers.js';
import { parseHead } from '../../../src/protocol/http/response-head.js';

const ann = { user: 'ann', password: 'secret' };
const request: HttpRequest = {
  method: 'GET',
  target: { secure: false, host: 'h', port: 80, hostHeader: 'h', path: '/a?b=c', rawPath: '/a?b=c' },
  headers: new RequestHeaders([]),
  cookie: undefined,
  entity: undefined,
  connectTimeout: 0,
  responseTimeout: 0,
  proxy: undefined,
  localAddress: undefined,
  follow: undefined,
  keepBody: true,
};
const asks = (...challenges: string[]) =>
  parseHead(['HTTP/1.1 401 Unauthorized', ...challenges.map((text) => `WWW-Authenticate: ${text}`)].join('\r\n'));
const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

/** One that answers for every realm but `closed`, ahead only if told so. */
const authorizer = (ahead = false) =>
  new LoginAuthorizer({
    ahead: () => (ahead ? ann : undefined),
    answer: (_, realm) => (realm === 'closed' ? undefined : ann),
  });

function fields(header: string | undefined): Record<string, string> {
  const found = [...(header ?? '').matchAll(/(\w+)=(?:"([^"]*)"|([^, ]*))/g)];
  return Object.fromEntries(found.map(([, name = '', quoted, plain]) => [name, quoted ?? plain ?? '']));
}

describe('Basic', () => {
  it('is sent ahead, and not again when the server does not know the login', () => {
    const one = authorizer(true);
    expect(one.header(request)).toBe('Basic YW5uOnNlY3JldA==');
    expect(one.challenged(request, asks('Basic realm="r"'))).toBe(false);
    expect(one.header(request)).toBeUndefined();
  });
  it('answers a challenge, unless nobody is known to that realm', () => {
    const one = authorizer();
    expect(one.header(request)).toBeUndefined();
    expect(one.challenged(request, asks('basic realm="r"'))).toBe(true);
    expect(one.header(request)).toBe('Basic YW5uOnNlY3JldA==');
    expect(authorizer().challenged(request, asks('Basic realm="closed"'))).toBe(false);
    expect(authorizer().challenged(request, asks('Negotiate', 'NTLM'))).toBe(false);
    expect(authorizer().challenged(request, asks())).toBe(false);
  });
  it('has question marks for letters that are not ASCII', () => {
    expect(basicHeader({ user: 'Zoë', password: '€' })).toBe(`Basic ${Buffer.from('Zo?:?').toString('base64')}`);
  });
});

describe('Digest', () => {
  const answer = (challenge: string, over: Partial<HttpRequest> = {}) => {
    const one = authorizer();
    expect(one.challenged(request, asks(challenge))).toBe(true);
    return one.header({ ...request, ...over });
  };
  it('takes its place when Basic was sent ahead and is preferred to it', () => {
    const one = authorizer(true);
    one.header(request);
    expect(one.challenged(request, asks('Digest realm="r", nonce="n"'))).toBe(true);
    expect(one.header(request)).toMatch(/^Digest /);
    const both = authorizer();
    both.challenged(request, asks('Basic realm="r"', 'Digest realm="r", nonce="n"'));
    expect(both.header(request)).toMatch(/^Digest /);
  });
  it('without quality hashes the nonce alone', () => {
    expect(answer('Digest realm="r", nonce="n", opaque="o"')).toBe(
      `Digest username="ann", realm="r", nonce="n", uri="/a?b=c", response="${md5(
        `${md5('ann:r:secret')}:n:${md5('GET:/a?b=c')}`,
      )}", algorithm=MD5, opaque="o"`,
    );
  });
  it('with quality counts its answers', () => {
    const header = answer('Digest realm="r", nonce="n", qop="auth,auth-int", algorithm=MD5');
    const { cnonce = '', response } = fields(header);
    expect(cnonce).toMatch(/^[0-9a-f]{16}$/);
    expect(header).toContain('qop=auth, nc=00000001, cnonce="');
    expect(response).toBe(md5(`${md5('ann:r:secret')}:n:00000001:${cnonce}:auth:${md5('GET:/a?b=c')}`));
  });
  it('covers the body when it may', () => {
    const entity = { content: 'x=1', contentType: undefined };
    const header = answer('Digest realm="r", nonce="n", qop="auth-int"', { method: 'POST', entity });
    const { cnonce, response } = fields(header);
    const what = md5(`POST:/a?b=c:${md5('x=1')}`);
    expect(response).toBe(md5(`${md5('ann:r:secret')}:n:00000001:${cnonce}:auth-int:${what}`));
    expect(answer('Digest realm="r", nonce="n", qop="auth-int"')).toBeUndefined();
  });
  it('knows sessions and other digests', () => {
    const { cnonce, response } = fields(answer('Digest realm="r", nonce="n", algorithm=MD5-sess, qop=auth'));
    const who = md5(`${md5('ann:r:secret')}:n:${cnonce}`);
    expect(response).toBe(md5(`${who}:n:00000001:${cnonce}:auth:${md5('GET:/a?b=c')}`));
    expect(fields(answer('Digest realm="r", nonce="n", algorithm=SHA-256')).response).toHaveLength(64);
    expect(answer('Digest realm="r", nonce="n", algorithm=ROT13')).toBeUndefined();
    expect(answer('Digest realm="r"')).toBeUndefined();
  });
  it('is tried again only when the server says that its nonce was too old', () => {
    const one = authorizer();
    one.challenged(request, asks('Digest realm="r", nonce="n"'));
    one.header(request);
    expect(one.challenged(request, asks('Digest realm="r", nonce="m", stale=true'))).toBe(true);
    expect(fields(one.header(request)).nonce).toBe('m');
    expect(one.challenged(request, asks('Digest realm="r", nonce="o"'))).toBe(false);
  });
});
