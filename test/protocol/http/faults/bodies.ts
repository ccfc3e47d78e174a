import { chunks, endsWith, head, impatientTwice, ok, type Settings, says, twice } from './fault.js';

// Lengths.
const length = (name: string, text: string, settings: Settings = impatientTwice): void =>
  endsWith(`length ${name}`, text, settings);
says('length too short', `${head('Content-Length: 1')}ok`, impatientTwice);
says('length too short by a line', `${head('Content-Length: 1')}ok\r\n`, impatientTwice);
says('length too short by an answer', `${head('Content-Length: 1')}o${ok}`, impatientTwice);
length('0 of a body', `${head('Content-Length: 0')}ok\n`);
length('negative', `${head('Content-Length: -5')}ok`);
length('word', `${head('Content-Length: abc')}ok`);
length('empty', `${head('Content-Length:')}ok`);
length('list', `${head('Content-Length: 2, 2')}ok`);
length('fraction', `${head('Content-Length: 2.0')}ok`);
length('hexadecimal', `${head('Content-Length: 0x2')}ok`);
length('with plus', `${head('Content-Length: +2')}ok`);
length('with minus zero', `${head('Content-Length: -0')}ok`);
length('with leading zeros', `${head('Content-Length: 0002')}ok`);
length('with blanks', `${head('Content-Length:   2  ')}ok`);
length('other digits', `${head('Content-Length: \xb2')}ok`);
length('twice the same', `${head('Content-Length: 2', 'Content-Length: 2')}ok`);
length('two, first larger', `${head('Content-Length: 5', 'Content-Length: 2')}ok`);
length('two, last larger', `${head('Content-Length: 2', 'Content-Length: 5')}ok`);
length('two, last a word', `${head('Content-Length: 2', 'Content-Length: x')}ok`);
length('largest long', `${head('Content-Length: 9223372036854775807')}ok`);
length('beyond a long', `${head('Content-Length: 9223372036854775808')}ok`);
length('3 GB of nothing', `${head('Content-Length: 3000000000')}ok`);
length('and chunks', `${head('Content-Length: 1', 'Transfer-Encoding: chunked')}2\r\nok\r\n0\r\n\r\n`);
length('of a HEAD', head('Content-Length: 500'), { request: { method: 'HEAD', response_timeout: '250' }, samples: 2 });
says('body of a HEAD', ok, { request: { method: 'HEAD', response_timeout: '250' }, samples: 2 });

// Transfer encodings.
for (const coding of [
  'Chunked',
  'gzip, chunked',
  'chunked, gzip',
  'chunked, ',
  'identity',
  'xchunked',
  'chunked;q=1',
  '"chunked"',
  'chunked=1',
  '',
])
  endsWith(`transfer encoding ${coding}`, `${head(`Transfer-Encoding: ${coding}`)}${chunks}`, impatientTwice);
endsWith(
  'transfer encoding twice',
  `${head('Transfer-Encoding: gzip', 'Transfer-Encoding: chunked')}${chunks}`,
  impatientTwice,
);
endsWith('transfer encoding identity with a length', `${head('Transfer-Encoding: identity', 'Content-Length: 1')}ok`);
endsWith('chunks of HTTP/1.0', `HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${chunks}`, twice);

// Chunks.
const chunked = head('Transfer-Encoding: chunked');
for (const [name, text] of [
  ['no size', '\r\nok\r\n0\r\n\r\n'],
  ['bad size', 'zz\r\nok\r\n0\r\n\r\n'],
  ['size with 0x', '0x2\r\nok\r\n0\r\n\r\n'],
  ['size with blanks', '  2  \r\nok\r\n0\r\n\r\n'],
  ['size with tabs', '\t2\t\r\nok\r\n0\r\n\r\n'],
  ['size with plus', '+2\r\nok\r\n0\r\n\r\n'],
  ['size negative', '-2\r\nok\r\n0\r\n\r\n'],
  ['size minus zero', '-0\r\n\r\n'],
  ['size with leading zeros', '0000000000000000000002\r\nok\r\n0\r\n\r\n'],
  ['size of 16 digits', '0000000000000002\r\nok\r\n0\r\n\r\n'],
  ['size of a GB', '40000000\r\nok'],
  ['size of 3 GB', 'c0000000\r\nok'],
  ['size largest', '7fffffffffffffff\r\nok'],
  ['size beyond a long', '8000000000000000\r\nok\r\n0\r\n\r\n'],
  ['size of 17 digits', '10000000000000000\r\nok'],
  ['extension', '2;a=b;c="d"\r\nok\r\n0;x\r\n\r\n'],
  ['empty extension', '2 ;\r\nok\r\n0\r\n\r\n'],
  ['only an extension', ';a\r\nok\r\n0\r\n\r\n'],
  ['line feeds only', '2\nok\n0\n\n'],
  ['no end', '2\r\nok0\r\n\r\n'],
  ['too much', '2\r\nokay\r\n0\r\n\r\n'],
  ['ended before the first', ''],
  ['ended in the size', '2'],
  ['ended behind the size', '2\r\n'],
  ['ended in the data', '5\r\nok'],
  ['ended behind the data', '2\r\nok'],
  ['ended behind a return', '2\r\nok\r'],
  ['ended before the last', '2\r\nok\r\n'],
  ['ended in the last size', '2\r\nok\r\n0'],
  ['ended behind the last size', '2\r\nok\r\n0\r\n'],
  ['ended in a trailer', '2\r\nok\r\n0\r\nA: b'],
  ['trailers', '2\r\nok\r\n0\r\nA: b\r\nC: d\r\n e\r\n\r\n'],
  ['trailer without colon', '2\r\nok\r\n0\r\nnonsense\r\n\r\n'],
  ['trailer without name', '2\r\nok\r\n0\r\n: x\r\n\r\n'],
  ['trailer of blanks', '2\r\nok\r\n0\r\n  x\r\n\r\n'],
  ['nothing at all', '0\r\n\r\n'],
] as const)
  endsWith(`chunk ${name}`, chunked + text, impatientTwice);
says('chunk size of a MB of zeros', `${chunked}${'0'.repeat(1_000_000)}2\r\nok\r\n0\r\n\r\n`, impatientTwice);
says('chunk trailer of a MB', `${chunked}2\r\nok\r\n0\r\nA: ${'b'.repeat(1_500_000)}\r\n\r\n`, impatientTwice);
says('chunk extension of 2 MB', `${chunked}2;${'b'.repeat(2_000_000)}\r\nok\r\n0\r\n\r\n`, impatientTwice);
says('chunk by byte', `${chunked}${'1\r\nx\r\n'.repeat(5000)}0\r\n\r\n`, impatientTwice);
says('chunks and more', `${chunked}2\r\nok\r\n0\r\n\r\nmore`, impatientTwice);
