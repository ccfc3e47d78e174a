import zlib from 'node:zlib';
import { expect, it } from 'vitest';
import { connected, failure, read, upgrading } from './server.js';

const headers = (more = '') => [{ name: 'Sec-WebSocket-Extensions', value: `permessage-deflate${more}` }];
const packer = zlib.createDeflateRaw();
const chunks: Buffer[] = [];
packer.on('data', (chunk: Buffer) => chunks.push(chunk));
/** With the context of what was packed before. */
const packOn = (text: string): Promise<Buffer> =>
  new Promise((resolve) => {
    packer.write(text);
    packer.flush(zlib.constants.Z_SYNC_FLUSH, () => resolve(Buffer.concat(chunks.splice(0)).subarray(0, -4)));
  });
const pack = (text: string): Buffer =>
  zlib.deflateRawSync(text, { finishFlush: zlib.constants.Z_SYNC_FLUSH }).subarray(0, -4);
const frame = (first: number, payload: Buffer): string =>
  Buffer.concat([Buffer.from([first, payload.length]), payload]).toString('hex');

it('inflates with the context of earlier messages', async () => {
  const one = await packOn('hello big world');
  const two = await packOn('hello big world');
  expect(two.length).toBeLessThan(one.length);
  const client = await connected(await upgrading(frame(0xc1, one) + frame(0xc2, two) + frame(0x81, Buffer.from('x'))), {
    headers: headers(),
  });
  expect(await read(client, 100)).toMatchObject({ text: 'hello big world', payloadSize: 15, size: 2 + one.length });
  expect((await read(client, 100)).data.toString()).toBe('hello big world');
  expect(await read(client, 100)).toMatchObject({ text: 'x' });
});

it('inflates without context when the server keeps none', async () => {
  const packed = pack('a'.repeat(5000));
  const client = await connected(await upgrading(frame(0xc1, packed) + frame(0xc1, packed)), {
    headers: headers('; server_no_context_takeover'),
  });
  expect((await read(client, 100)).text).toBe('a'.repeat(5000));
  expect(await read(client, 100)).toMatchObject({ payloadSize: 5000, size: 2 + packed.length });
});

it('shows fragments only when the message is complete', async () => {
  const packed = pack('hello');
  const parts = (first: number): string => frame(first, packed.subarray(0, 3)) + frame(0x80, packed.subarray(3));
  const client = await connected(await upgrading(parts(0x41) + parts(0x42)), {
    headers: headers('; server_no_context_takeover'),
  });
  expect((await read(client, 100)).text).toBe(
    '<not showing response data, because it is compressed and at this stage incomplete>',
  );
  expect(await read(client, 100)).toMatchObject({ text: 'hello', continuation: true });
  expect(await read(client, 100)).toMatchObject({ kind: 'binary', payloadSize: 0 });
  expect((await read(client, 100)).data.toString()).toBe('hello');
});

it('forgets that a message is compressed when a ping comes in between', async () => {
  const packed = pack('hello');
  const hex = frame(0x41, packed.subarray(0, 3)) + frame(0x89, Buffer.alloc(0)) + frame(0x80, packed.subarray(3));
  const client = await connected(await upgrading(hex), { headers: headers() });
  await read(client, 100);
  await read(client, 100);
  expect(await read(client, 100)).toMatchObject({ kind: 'text', payloadSize: packed.length - 3 });
});

it('keeps bad data in front of the next message', async () => {
  const bad = frame(0xc1, Buffer.from('ffffff', 'hex'));
  const client = await connected(await upgrading(bad + frame(0xc1, pack('hello')) + frame(0x81, Buffer.from('x'))), {
    headers: headers(),
  });
  const text = 'java.lang.RuntimeException: java.util.zip.DataFormatException: invalid block type';
  expect(await failure(() => read(client, 100))).toBe(text);
  expect(await failure(() => read(client, 100))).toBe(text);
  expect(await read(client, 100)).toMatchObject({ text: 'x' });
});

it('has no inflater when nobody asked for one', async () => {
  const client = await connected(await upgrading(frame(0xc1, pack('hello')) + frame(0x81, Buffer.from('x'))));
  expect(await failure(() => read(client, 100))).toMatch(/^java.lang.NullPointerException: Cannot invoke "eu.luminis/);
  expect(await read(client, 100)).toMatchObject({ text: 'x' });
});
