import net from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sampler, take } from './taken.js';

const asked: string[] = [];
/** A proxy that ends the connection with its question, and then refuses anyway. */
const proxy = net.createServer((socket) => {
  socket.on('error', () => {});
  socket.once('data', (data) => {
    asked.push(data.toString());
    const known = data.includes('Proxy-Authorization: Basic dTpw');
    const question = 'Proxy-Authenticate: Basic realm="x"\r\nConnection: close\r\n';
    socket.end(`HTTP/1.1 ${known ? '502 No' : '407 Who'}\r\n${known ? '' : question}Content-Length: 0\r\n\r\n`);
  });
});
let port = 0;
beforeAll(async () => {
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const address = proxy.address();
  if (address !== null && typeof address !== 'string') port = address.port;
});
afterAll(() => void proxy.close());

it('connects anew to a proxy that asks who is there and hangs up; what it was asked is counted', async () => {
  const own = { proxyHost: '127.0.0.1', proxyPort: `${port}`, proxyUser: 'u', proxyPass: 'p' };
  const sample = await take(sampler(9, { protocol: 'https', ...own }));
  expect([asked.length, sample.code, sample.message]).toEqual([2, '502', 'No']);
  expect(sample.sentBytes).toBe(asked[1]?.length);
});
