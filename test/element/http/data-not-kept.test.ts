import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { parallelHttpSampler } from '../../../src/element/http/parallel-http-sampler.js';
import { uploadedFile } from '../../../src/element/http/uploaded-file.js';
import { Parts } from '../../../src/protocol/index.js';
import { fakeTest, fakeUser } from '../../kit.js';
import { place, takeSample } from '../../kit-element.js';
import { answering, listen } from '../../protocol/http/server.js';
import { files, sampler, take } from './taken.js';

const SIZE = 200 * 1024 * 1024;
const FILE = 8 * 1024 * 1024;
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

it.each([
  ['as the whole body', ''],
  ['as a part', 'a'],
])('a large file is sent as it is read, %s', async (_, name) => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'upload-'));
  const file = path.join(folder, 'large.bin');
  fs.writeFileSync(file, '');
  fs.truncateSync(file, FILE);
  expect(uploadedFile(file, fakeTest()).content).toBeInstanceOf(Parts);
  let came = 0;
  let whole = Number.POSITIVE_INFINITY;
  const port = await listen((socket) => {
    socket.on('data', (data) => {
      const length = came === 0 ? /Content-Length: (\d+)\r\n[\s\S]*?\r\n\r\n/.exec(data.toString('latin1')) : null;
      if (length !== null) whole = length.index + length[0].length + Number(length[1]);
      came += data.length;
      if (came === whole) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
    });
  });
  const sample = await take(sampler(port, { method: 'POST', path: '/' }, undefined, files([file, name, 'a/b'])));
  fs.rmSync(folder, { recursive: true });
  expect(sample).toMatchObject({ code: '200', sentBytes: came });
  expect(came).toBeGreaterThan(FILE);
});

it('a file that cannot be read any more ends the upload', async () => {
  const parts = new Parts([Buffer.from('head'), { file: 'package.json', size: 10 }, { file: 'not there', size: 1 }]);
  expect(parts.length).toBe(15);
  const got: string[] = [];
  await expect(
    (async () => {
      for await (const piece of parts.pieces()) got.push(piece.toString());
    })(),
  ).rejects.toThrow(/ENOENT/);
  expect(got.join('')).toMatch(/^head\{/);
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
