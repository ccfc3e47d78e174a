/** The bodies of the world's answers; their bytes are part of the recordings. */
import type { IncomingMessage } from 'node:http';

const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');

export const page = (request: IncomingMessage, { pathname }: URL, body: Buffer): string => `<!DOCTYPE html>
<html><head><title>Page ${escaped(pathname)}</title>
<link rel="stylesheet" href="/static/site.css"><script src="/static/app.js"></script></head>
<body><h1 id="title">Welcome to ${escaped(pathname)}</h1>
<form action="/submit" method="post"><input type="hidden" name="csrf_token" value="tok-${pathname.length}"/>
<input type="hidden" name="_token" value="t0k3n"/><input type="text" name="user" value=""/></form>
<p class="method">${request.method}</p><pre id="body">${escaped(body.toString('utf8').slice(0, 4000))}</pre>
<a href="/item/1?x=1">one</a> <a href="/item/2">two</a><img src="/img/logo.png" alt=""><img src="/img/a.gif">
</body></html>
`;

export const XML_TYPE = 'text/xml;charset=utf-8';
export const xmlDocument = (pathname: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<root><id>1</id><status>success</status><path>${escaped(pathname)}</path><items><item id="1">a</item><item id="2">b</item></items></root>\n`;

export function jsonDocument(request: IncomingMessage, url: URL, body: Buffer): string {
  return JSON.stringify({
    id: 1,
    status: 'success',
    success: true,
    code: 0,
    message: 'OK',
    method: request.method,
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    token: 'abc123',
    access_token: 'at-xyz',
    refresh_token: 'rt-xyz',
    sessionId: 's-1',
    userId: 7,
    name: 'Ann',
    title: 'T',
    email: 'ann@example.com',
    data: {
      id: 11,
      token: 'abc123',
      list: [
        { id: 1, name: 'a' },
        { id: 2, name: 'b' },
      ],
      items: [1, 2, 3],
    },
    items: [
      { id: 1, name: 'a', price: 1.5 },
      { id: 2, name: 'b', price: 2.5 },
    ],
    echo: parsed(body),
  });
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return null;
  }
}

export function multipart(body: Buffer, type = ''): readonly unknown[] {
  const boundary = /boundary="?([^";]+)"?/.exec(type)?.[1];
  if (boundary === undefined) return [];
  const parts = body.toString('latin1').split(`--${boundary}`).slice(1, -1);
  return parts.map((part) => {
    const [head = '', ...rest] = part.replace(/^\r\n/, '').split('\r\n\r\n');
    const data = rest.join('\r\n\r\n').replace(/\r\n$/, '');
    return { headers: head.split('\r\n'), length: data.length, text: data.slice(0, 200) };
  });
}

/** The request as it came: line, headers in order, body. A multipart boundary is random in text and length: evened out. */
export function rawRequest(request: IncomingMessage, body: Buffer): string {
  const { rawHeaders } = request;
  const boundary = /boundary="?([^";]+)"?/.exec(request.headers['content-type'] ?? '')?.[1];
  const even = (text: string): string => (boundary === undefined ? text : text.replaceAll(boundary, 'BOUNDARY'));
  const text = body.toString('latin1');
  const lines = [`${request.method} ${request.url} HTTP/${request.httpVersion}`];
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const [name = '', value = ''] = rawHeaders.slice(i, i + 2);
    const counts = boundary !== undefined && /^content-length$/i.test(name) && Number(value) === body.length;
    lines.push(`${name}: ${counts ? even(text).length : value}`);
  }
  return even(visible(`${lines.join('\n')}\n\n${text}`));
}

const visible = (text: string): string =>
  text.replace(/[^\x20-\x7e\n\t]/g, (c) =>
    c === '\r' ? '\\r' : `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
