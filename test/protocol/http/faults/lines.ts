import { answers, breaksOff, endsWith, fault, head, impatient, impatientTwice, ok, says, twice } from './fault.js';
import type { Serve } from './line.js';

// The line breaks.
fault('ended before the request', (line) => line.end(), impatient);
fault('ended after the request', answers('', 'end'), impatient);
fault('reset after the request', answers('', 'reset'));
fault('never answers', answers(''), impatient);
endsWith('ended in the version', 'HTTP/1.');
endsWith('ended in the code', 'HTTP/1.1 2');
endsWith('ended behind the code', 'HTTP/1.1 200');
endsWith('ended in the status line', 'HTTP/1.1 200 O');
endsWith('ended behind the status line', 'HTTP/1.1 200 OK\r\n');
endsWith('ended in a header name', 'HTTP/1.1 200 OK\r\nContent-');
endsWith('ended in a header value', 'HTTP/1.1 200 OK\r\nContent-Length: 1');
endsWith('ended before the empty line', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n');
breaksOff('reset in the status line', 'HTTP/1.1 2');
breaksOff('reset in the head', 'HTTP/1.1 200 OK\r\nContent-');
endsWith('ended behind the head', head('Content-Length: 2'));
endsWith('ended in the body', `${head('Content-Length: 2000')}ok`);
breaksOff('reset in the body', `${head('Content-Length: 2000')}ok`);
breaksOff('reset in a body until the end', `${head()}ok`);
breaksOff('reset in a chunk', `${head('Transfer-Encoding: chunked')}5\r\nok`);
breaksOff('reset behind the body', ok, twice);
endsWith('ended behind the body', ok, twice);
says('stalls in the status line', 'HTTP/1.1 2', impatient);
says('stalls in the head', 'HTTP/1.1 200 OK\r\nContent-Type: text/css\r\nContent-', impatient);
says('stalls in the body', `${head('Content-Type: text/css', 'Content-Length: 2000')}ok`, impatient);
says('stalls in a body until the end', `${head('Content-Type: text/css')}ok`, impatient);
says('stalls in a chunk', `${head('Content-Type: text/css', 'Transfer-Encoding: chunked')}5\r\nok`, impatient);
fault(
  'second request is not answered',
  async (line) => {
    await line.request();
    await line.send(ok);
  },
  impatientTwice,
);
fault(
  'second request is reset',
  async (line) => {
    await line.request();
    await line.send(ok);
    await line.request();
    line.reset();
  },
  twice,
);
fault(
  'second request ends the line',
  async (line) => {
    await line.request();
    await line.send(ok);
    await line.request();
    line.end();
  },
  twice,
);

// Slow, but never slower than the timeout allows.
const slowly =
  (text: string): Serve =>
  async (line) => {
    await line.request();
    for (const char of text) {
      await line.send(char);
      await line.pause(15);
    }
    line.end();
  };
fault('slow head', slowly('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'), impatient);
fault('slow body', slowly('HTTP/1.0 200 OK\n\nokokokokokokokok'), impatient);
fault('slow chunks', slowly('HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n2\r\nok\r\n0\r\n\r\n'), impatient);
