import { expect, it } from 'vitest';
import { parallelHttpSampler } from '../../../src/element/http/parallel-http-sampler.js';
import { fakeUser } from '../../kit.js';
import { place, takeSample } from '../../kit-element.js';
import { answering, listen } from '../../protocol/http/server.js';
import { sampler, take } from './taken.js';

const SIZE = 200 * 1024 * 1024;
const PART = Buffer.alloc(64 * 1024, 'x');

/** Sends that many bytes, as fast as they are taken. */
const sending = (size: number): Promise<number> =>
  listen((socket) => {
    const head = `HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: ${size}\r\n\r\n`;
    let left = size;
    const send = (): void => {
      while (left > 0) {
        left -= PART.length;
        if (!socket.write(PART)) return;
      }
    };
    socket.once('data', () => {
      socket.write(head);
      send();
    });
    socket.on('drain', send);
  });

it('a body that nothing looks at is counted and not kept', async () => {
  const port = await sending(SIZE);
  const before = process.memoryUsage().arrayBuffers;
  let most = 0;
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage().arrayBuffers - before);
  }, 5);
  const sample = await take({ ...sampler(port, { path: '/big', method: 'GET' }), dataIsRead: false });
  clearInterval(watch);
  expect(sample).toMatchObject({ code: '200', success: true, dataType: 'text', bodySize: SIZE, dataLength: 0 });
  expect(most).toBeLessThan(SIZE / 4);
});

it('an encoded body is decoded all the same, for it may be broken', async () => {
  const broken = 'HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 12\r\n\r\nno gzip here';
  const { port } = await answering([broken]);
  const sample = await take({ ...sampler(port, { path: '/', method: 'GET' }), dataIsRead: false });
  expect(sample.code).toBe('Non HTTP response code: java.util.zip.ZipException');
});

it('what is fetched side by side is interrupted together', async () => {
  let asked = 0;
  const user = fakeUser();
  const port = await listen((socket) => {
    socket.on('data', () => {
      if (++asked === 2) user.onInterrupt?.();
    });
  });
  const urls = ['a', 'b'].map((name) => [`http://127.0.0.1:${port}/${name}`]);
  const props = { urls, 'HTTPSampler.image_parser': false };
  const self = place(parallelHttpSampler, { name: 'P', props });
  for (const [name, value] of [
    ['HTTPResponse.parsers', 'htmlParser'],
    ['htmlParser.className', 'org.apache.jmeter.protocol.http.parser.LagartoBasedHtmlParser'],
    ['htmlParser.types', 'text/html'],
  ] as const)
    user.test.properties.set(name, value);
  const sample = await takeSample(self, user);
  expect(sample?.subSamples?.map(({ success }) => success)).toEqual([false, false]);
});
