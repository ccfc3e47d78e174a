import { fault, ok, says } from './fault.js';

// Redirects.
const to = (location: string, code = 302): string =>
  `HTTP/1.1 ${code} Found\r\nLocation: ${location}\r\nContent-Length: 0\r\n\r\n`;
for (const by of ['follow_redirects', 'auto_redirects'] as const) {
  const request = { [by]: true, response_timeout: '2000' };
  says(`${by}: in a circle`, to('/'), { request });
  fault(
    `${by}: on and on`,
    async (line) => {
      for (let i = 0; ; i++) {
        await line.request();
        await line.send(to(`/${i}`));
      }
    },
    { request },
  );
  says(`${by}: without a place`, 'HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n', { request });
  for (const place of [
    '',
    'http://',
    'http:///x',
    'ht!tp://x/',
    '://x',
    'http://a b/',
    'mailto:x@y',
    'javascript:alert(1)',
    'http://127.0.0.1:99999/',
    'http://127.0.0.1:x/',
    'http://[::1/',
    'http://%zz/',
    '/%zz',
    '/a|b',
    '/\xe4',
    '\\\\x\\y',
    'data:text/plain,x',
    '#x',
    '?',
    'http:',
    'HTTP://127.0.0.1:PORT',
    'file:///etc/hostname',
  ])
    fault(
      `${by}: to ${place || 'an empty place'}`,
      async (line) => {
        const asked = await line.request();
        const port = `${line.socket.localPort}`;
        await line.send(/^GET \/begin /.test(asked) ? to(place.replace('PORT', port)) : ok);
        line.end();
      },
      { request: { ...request, path: '/begin' } },
    );
  for (const code of [300, 301, 303, 304, 305, 306, 307, 308, 399])
    fault(
      `${by}: code ${code}`,
      async (line) => {
        const asked = await line.request();
        await line.send(/^GET \/begin /.test(asked) ? to('/end', code) : ok);
        line.end();
      },
      { request: { ...request, path: '/begin' } },
    );
  fault(
    `${by}: to a line that breaks`,
    async (line) => {
      const asked = await line.request();
      if (/^GET \/begin /.test(asked)) await line.send(to('/end'));
      line.end();
    },
    { request: { ...request, path: '/begin' } },
  );
}
