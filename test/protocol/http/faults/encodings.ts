import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { endsWith, head, impatient, MB, says, twice } from './fault.js';

// Content encodings.
const text = Buffer.from('what is said, and said again, and said again '.repeat(20));
const gzip = gzipSync(text);
const zlib = deflateSync(text);
const raw = deflateRawSync(text);
const br = brotliCompressSync(text);
const crc = Buffer.from(gzip);
crc[gzip.length - 8] = (crc[gzip.length - 8] ?? 0) ^ 1;
const size = Buffer.from(gzip);
size[gzip.length - 1] = 9;
const inside = Buffer.from(gzip);
inside.fill(0xff, 20, 30);
const cut = (bytes: Buffer, keep: number): Buffer => bytes.subarray(0, keep < 0 ? bytes.length + keep : keep);
for (const [name, coding, body] of [
  ['gzip', 'gzip', gzip],
  ['gzip by its old name', 'x-gzip', gzip],
  ['gzip in capitals', 'GZIP', gzip],
  ['gzip with a tail', 'gzip', Buffer.concat([gzip, Buffer.from('tail')])],
  ['gzip with zeros behind', 'gzip', Buffer.concat([gzip, Buffer.alloc(40)])],
  ['gzip of two members', 'gzip', Buffer.concat([gzip, gzip])],
  ['gzip, second member cut', 'gzip', Buffer.concat([gzip, cut(gzip, 30)])],
  ['gzip, second header cut', 'gzip', Buffer.concat([gzip, cut(gzip, 5)])],
  ['gzip of nothing', 'gzip', gzipSync('')],
  ['gzip that is plain', 'gzip', text],
  ['gzip that is zlib', 'gzip', zlib],
  ['gzip with a wrong checksum', 'gzip', crc],
  ['gzip with a wrong size', 'gzip', size],
  ['gzip broken inside', 'gzip', inside],
  ['gzip with another method', 'gzip', Buffer.concat([Buffer.from([0x1f, 0x8b, 9]), gzip.subarray(3)])],
  [
    'gzip with a name',
    'gzip',
    Buffer.concat([Buffer.from([0x1f, 0x8b, 8, 8, 0, 0, 0, 0, 0, 3]), Buffer.from('name\0'), gzip.subarray(10)]),
  ],
  [
    'gzip with a wrong header checksum',
    'gzip',
    Buffer.concat([Buffer.from([0x1f, 0x8b, 8, 2, 0, 0, 0, 0, 0, 3, 1, 2]), gzip.subarray(10)]),
  ],
  [
    'gzip with reserved flags',
    'gzip',
    Buffer.concat([Buffer.from([0x1f, 0x8b, 8, 0xe0, 0, 0, 0, 0, 0, 3]), gzip.subarray(10)]),
  ],
  ['gzip of no byte', 'gzip', Buffer.alloc(0)],
  ['gzip of one byte', 'gzip', cut(gzip, 1)],
  ['gzip of another byte', 'gzip', Buffer.from('x')],
  ['gzip of two bytes', 'gzip', cut(gzip, 2)],
  ['gzip of nine bytes', 'gzip', cut(gzip, 9)],
  ['gzip of the header', 'gzip', cut(gzip, 10)],
  ['gzip cut', 'gzip', cut(gzip, 40)],
  ['gzip cut in the checksum', 'gzip', cut(gzip, -6)],
  ['gzip cut before the checksum', 'gzip', cut(gzip, -8)],
  ['gzip twice', 'gzip, gzip', gzipSync(gzip)],
  ['gzip of gzip', 'gzip', gzipSync(gzip)],
  ['gzip, two named, one done', 'gzip, gzip', gzip],
  ['gzip and identity', 'gzip, identity', gzip],
  ['gzip behind identity', 'identity, gzip', gzip],
  ['gzip with a parameter', 'gzip;q=1', gzip],
  ['identity', 'identity', text],
  ['no encoding at all', '', text],
  ['an encoding that is not known', 'zstd', text],
  ['gzip and one that is not known', 'gzip, zstd', gzip],
  ['zlib', 'deflate', zlib],
  ['raw deflate', 'deflate', raw],
  ['deflate that is plain', 'deflate', text],
  ['deflate that is gzip', 'deflate', gzip],
  ['zlib cut', 'deflate', cut(zlib, 30)],
  ['zlib cut in the checksum', 'deflate', cut(zlib, -2)],
  ['raw deflate cut', 'deflate', cut(raw, 30)],
  ['zlib with a wrong checksum', 'deflate', Buffer.concat([cut(zlib, -1), Buffer.from([1])])],
  ['zlib with a tail', 'deflate', Buffer.concat([zlib, Buffer.from('tail')])],
  ['raw deflate with a tail', 'deflate', Buffer.concat([raw, Buffer.from('tail')])],
  ['deflate of one byte', 'deflate', cut(zlib, 1)],
  ['deflate of two bytes', 'deflate', cut(zlib, 2)],
  ['deflate of no byte', 'deflate', Buffer.alloc(0)],
  ['brotli', 'br', br],
  ['brotli cut', 'br', cut(br, 10)],
  ['brotli without its end', 'br', cut(br, -1)],
  ['brotli that is plain', 'br', text],
  ['brotli with a tail', 'br', Buffer.concat([br, Buffer.from('tail')])],
  ['brotli of no byte', 'br', Buffer.alloc(0)],
  ['brotli in gzip', 'br, gzip', gzipSync(br)],
] as const) {
  const fields = ['Content-Type: text/plain', `Content-Encoding: ${coding}`];
  says(
    `encoded: ${name}`,
    Buffer.concat([Buffer.from(head(...fields, `Content-Length: ${body.length}`)), body]),
    twice,
  );
  if (name === 'gzip' || /cut|no byte|tail/.test(name))
    endsWith(`encoded, until the end: ${name}`, Buffer.concat([Buffer.from(head(...fields)), body]));
}
endsWith(
  'encoded, and cut by the line',
  Buffer.concat([Buffer.from(head('Content-Encoding: gzip', `Content-Length: ${gzip.length}`)), gzip.subarray(0, 30)]),
);
endsWith(
  'encoded, complete, but the line says more',
  Buffer.concat([Buffer.from(head('Content-Encoding: gzip', `Content-Length: ${gzip.length + 9}`)), gzip]),
);
says(
  'encoded, stalls',
  Buffer.concat([Buffer.from(head('Content-Encoding: gzip', `Content-Length: ${gzip.length}`)), gzip.subarray(0, 30)]),
  impatient,
);
says(
  'encoded, complete, stalls',
  Buffer.concat([Buffer.from(head('Content-Encoding: gzip', `Content-Length: ${gzip.length + 9}`)), gzip]),
  impatient,
);
says('encoded, noise, stalls', `${head('Content-Encoding: gzip', 'Content-Length: 200')}noise`, impatient);
endsWith(
  'encoded in chunks',
  Buffer.concat([
    Buffer.from(`${head('Content-Encoding: gzip', 'Transfer-Encoding: chunked')}${gzip.length.toString(16)}\r\n`),
    gzip,
    Buffer.from('\r\n0\r\n\r\n'),
  ]),
);
endsWith(
  'encoded in chunks without end',
  Buffer.concat([
    Buffer.from(`${head('Content-Encoding: gzip', 'Transfer-Encoding: chunked')}${gzip.length.toString(16)}\r\n`),
    gzip,
  ]),
);
says('encoded answer of a HEAD', head('Content-Encoding: gzip', 'Content-Length: 500'), {
  request: { method: 'HEAD' },
});
says('encoded 304', 'HTTP/1.1 304 Not Modified\r\nContent-Encoding: gzip\r\nContent-Length: 500\r\n\r\n');
says(
  'encoded error page',
  Buffer.concat([
    Buffer.from(`HTTP/1.1 500 Bad\r\nContent-Encoding: gzip\r\nContent-Length: ${gzip.length}\r\n\r\n`),
    gzip,
  ]),
);
const bomb = gzipSync(Buffer.alloc(16 * MB));
says(
  'encoded bomb',
  Buffer.concat([
    Buffer.from(head('Content-Type: image/x', 'Content-Encoding: gzip', `Content-Length: ${bomb.length}`)),
    bomb,
  ]),
  { request: { md5: true } },
);
