import {
  chunks,
  endsWith,
  fault,
  head,
  impatient,
  impatientTwice,
  MB,
  ok,
  type Settings,
  says,
  twice,
} from './fault.js';

// Heads.
says('header of 10 MB', `${head(`X-Long: ${'x'.repeat(10 * MB)}`, 'Content-Length: 2')}ok`);
says(
  '10 MB of headers',
  `${head(...Array.from({ length: 100_000 }, (_, i) => `X-${i}: ${'x'.repeat(90)}`), 'Content-Length: 2')}ok`,
);
says('reason of 10 MB', `HTTP/1.1 200 ${'O'.repeat(10 * MB)}\r\nContent-Length: 2\r\n\r\nok`);
const heads = (name: string, text: string, settings: Settings = impatient): void =>
  endsWith(`head ${name}`, text, settings);
heads('without colon', 'HTTP/1.1 200 OK\r\nNonsense\r\nContent-Length: 2\r\n\r\nok');
heads('without name', 'HTTP/1.1 200 OK\r\n: x\r\nContent-Length: 2\r\n\r\nok');
heads('with a blank name', 'HTTP/1.1 200 OK\r\nA: b\r\n : x\r\nContent-Length: 2\r\n\r\nok');
heads('with a blank before the colon', 'HTTP/1.1 200 OK\r\nContent-Length : 2\r\n\r\nokay');
heads('folded', 'HTTP/1.1 200 OK\r\nA: b\r\n\t c\r\n   d\r\nContent-Length:\r\n 2\r\n\r\nokay');
heads('first line folded', 'HTTP/1.1 200 OK\r\n A: b\r\nContent-Length: 2\r\n\r\nokay');
heads('folded with nothing', 'HTTP/1.1 200 OK\r\nA: b\r\n  \r\nContent-Length: 2\r\n\r\nokay');
heads('with NULs', 'HTTP/1.1 200 O\0K\r\nA\0: b\0c\r\nContent-Length: 2\r\n\r\nok');
heads('with latin letters', 'HTTP/1.1 200 \xd6K\r\nX-\xc4: \xe4\xc3\xa4\r\nContent-Length: 2\r\n\r\nok');
heads('with controls', 'HTTP/1.1 200 O\x01K\r\nA: \x07\x1b\x7f\r\nContent-Length: 2\r\n\r\nok');
heads('with lone returns', 'HTTP/1.1 200 O\rK\r\nA: b\rc\r\nContent-Length: 2\r\n\r\nok');
heads('with two returns', 'HTTP/1.1 200 OK\r\r\nA: b\r\r\nContent-Length: 2\r\n\r\nok');
heads('with line feeds only', 'HTTP/1.1 200 OK\nA: b\nContent-Length: 2\n\nok');
heads('with tabs', 'HTTP/1.1\t200\tOK\r\nContent-Length: 2\r\n\r\nok');
heads('with many blanks', 'HTTP/1.1   200   Very   well  \r\nA:    b   c   \r\nContent-Length: 2\r\n\r\nok');
heads('with empty values', 'HTTP/1.1 200 OK\r\nA:\r\nB: \r\nContent-Length: 2\r\n\r\nok');
heads('of the same name', 'HTTP/1.1 200 OK\r\nA: 1\r\na: 2\r\nA: 1\r\nContent-Length: 2\r\n\r\nok');
for (const [name, line] of [
  ['0.9', 'just text'],
  ['0.9 of several lines', 'just\r\ntext\r\n\r\nand more\r\n'],
  ['0.9 page', '<html>\n<body>ok</body>\n</html>\n'],
  ['a body only', 'ok'],
  ['noise before', 'noise\r\nmore\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'],
  ['empty lines before', '\r\n\r\n\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'],
  ['noise on the line', 'noise HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'],
  ['blanks before', '  HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'],
  ['ssh', 'SSH-2.0-OpenSSH_9.2\r\n'],
  ['icy', 'ICY 200 OK\r\nContent-Length: 2\r\n\r\nok'],
  ['lower case', 'http/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'],
  ['version 2.0', 'HTTP/2.0 200 OK\r\nContent-Length: 2\r\n\r\nok'],
  ['version 2', 'HTTP/2 200 OK\r\nContent-Length: 2\r\n\r\nok'],
  ['version 3', 'HTTP/3 200\r\n\r\nok'],
  ['version 1', 'HTTP/1 200 OK\r\nContent-Length: 2\r\n\r\nok'],
  ['version 1.', 'HTTP/1. 200 OK\r\nContent-Length: 2\r\n\r\nok'],
  ['version 0.9', 'HTTP/0.9 200 OK\r\nContent-Length: 2\r\n\r\nok'],
  ['version 1.2', 'HTTP/1.2 200 OK\r\nContent-Length: 2\r\n\r\nok'],
  ['version 11.11', 'HTTP/11.11 200 OK\r\nContent-Length: 2\r\n\r\nok'],
  ['version 01.01', 'HTTP/01.01 200 OK\r\nContent-Length: 2\r\n\r\nok'],
  ['version +1.1', 'HTTP/+1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'],
  ['version a.b', 'HTTP/a.b 200 OK\r\nContent-Length: 2\r\n\r\nok'],
  ['version -1.1', 'HTTP/-1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'],
  ['version 99999999999.1', 'HTTP/99999999999.1 200 OK\r\nContent-Length: 2\r\n\r\nok'],
  ['version alone', 'HTTP/1.1\r\nContent-Length: 2\r\n\r\nok'],
  ['version and blank', 'HTTP/1.1 \r\nContent-Length: 2\r\n\r\nok'],
  ['no reason', 'HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nok'],
  ['no reason but a blank', 'HTTP/1.1 200 \r\nContent-Length: 2\r\n\r\nok'],
  ['no code', 'HTTP/1.1 OK\r\nContent-Length: 2\r\n\r\nok'],
  ['code 0', 'HTTP/1.1 0 OK\r\nContent-Length: 2\r\n\r\nok'],
  ['code 99', 'HTTP/1.1 99 OK\r\nContent-Length: 2\r\n\r\nok'],
  ['code 099', 'HTTP/1.1 099 OK\r\nContent-Length: 2\r\n\r\nok'],
  ['code 0200', 'HTTP/1.1 0200 OK\r\nContent-Length: 2\r\n\r\nok'],
  ['code -200', 'HTTP/1.1 -200 OK\r\nContent-Length: 2\r\n\r\nok'],
  ['code +200', 'HTTP/1.1 +200 OK\r\nContent-Length: 2\r\n\r\nok'],
  ['code 2x0', 'HTTP/1.1 2x0 OK\r\nContent-Length: 2\r\n\r\nok'],
  ['code 200OK', 'HTTP/1.1 200OK\r\nContent-Length: 2\r\n\r\nok'],
  ['code 600', 'HTTP/1.1 600 Much\r\nContent-Length: 2\r\n\r\nok'],
  ['code 999', 'HTTP/1.1 999 More\r\nContent-Length: 2\r\n\r\nok'],
  ['code 1000', 'HTTP/1.1 1000 Most\r\nContent-Length: 2\r\n\r\nok'],
  ['code 2147483647', 'HTTP/1.1 2147483647 Int\r\nContent-Length: 2\r\n\r\nok'],
  ['code 2147483648', 'HTTP/1.1 2147483648 Long\r\nContent-Length: 2\r\n\r\nok'],
  ['code 100 before', `HTTP/1.1 100 Continue\r\n\r\n${ok}`],
  ['code 102 before', `HTTP/1.1 102 Processing\r\nA: b\r\n\r\n${ok}`],
  ['code 103 flood', `${'HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n'.repeat(300)}${ok}`],
  ['code 100 alone', 'HTTP/1.1 100 Continue\r\n\r\n'],
  ['code 101', 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\nnoise\r\n'],
  ['code 204 with a body', 'HTTP/1.1 204 No Content\r\nContent-Length: 2\r\n\r\nok'],
  ['code 205 with a body', 'HTTP/1.1 205 Reset Content\r\nContent-Length: 2\r\n\r\nok'],
  ['code 304 with a body', 'HTTP/1.1 304 Not Modified\r\nContent-Length: 2\r\n\r\nok'],
  ['code 304 with chunks', `HTTP/1.1 304 Not Modified\r\nTransfer-Encoding: chunked\r\n\r\n${chunks}`],
  ['code 204 without length', 'HTTP/1.1 204 No Content\r\n\r\nok\r\n'],
] as const)
  heads(name, line, impatientTwice);

says('0.9 on an open line', '<html>\n<body>ok</body>\n</html>\n', impatient);
says('binary noise', Buffer.from(Array.from({ length: 3000 }, (_, i) => (i * 7919) & 255)), impatient);
says('100 for ever', 'HTTP/1.1 100 Continue\r\n\r\n', impatient);
says('204 with a body, kept', 'HTTP/1.1 204 No Content\r\n\r\nok\r\n', impatientTwice);
says('304 with a body, kept', 'HTTP/1.1 304 Not Modified\r\n\r\nok\r\n', impatientTwice);
says('two answers at once', ok + ok, impatientTwice);
says('answer and a tail', `${ok}garbage`, impatientTwice);
says('answer and a line', `${ok}garbage\r\n`, impatientTwice);
says('closes by the word, keeps the line', `${head('Content-Length: 2', 'Connection: close')}ok`, twice);
fault(
  'answers before it is asked',
  async (line) => {
    await line.send(ok);
    await line.request();
  },
  impatientTwice,
);
