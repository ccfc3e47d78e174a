import { answers, fault, type Settings, twice } from './fault.js';
import type { Serve } from './line.js';

// Proxies.
const proxied = {
  proxyHost: '127.0.0.1',
  proxyPort: 'PORT',
  domain: '127.0.0.1',
  port: '19',
  response_timeout: '300',
  connect_timeout: '300',
};
for (const protocol of ['http', 'https']) {
  const through = (name: string, serve: Serve, more: Settings = {}): void =>
    fault(`${protocol} proxy: ${name}`, serve, { ...more, request: { ...proxied, protocol, ...more.request } });
  through('not there', (line) => line.end(), { request: { proxyPort: '19' } });
  through(
    '407',
    answers('HTTP/1.1 407 Who\r\nProxy-Authenticate: Basic realm="x"\r\nContent-Length: 2\r\n\r\nno'),
    twice,
  );
  through(
    '407 to somebody',
    answers('HTTP/1.1 407 Who\r\nProxy-Authenticate: Basic realm="x"\r\nContent-Length: 2\r\n\r\nno'),
    { request: { proxyUser: 'u', proxyPass: 'p' } },
  );
  through('407 without challenge', answers('HTTP/1.1 407 Who\r\nContent-Length: 2\r\n\r\nno'), {
    request: { proxyUser: 'u', proxyPass: 'p' },
  });
  through(
    '407 and closed',
    answers(
      'HTTP/1.1 407 Who\r\nProxy-Authenticate: Basic realm="x"\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno',
      'end',
    ),
    { request: { proxyUser: 'u', proxyPass: 'p' } },
  );
  through('502', answers('HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/css\r\nContent-Length: 4\r\n\r\ngone'), twice);
  through('302', answers('HTTP/1.1 302 Go\r\nLocation: /x\r\nContent-Length: 4\r\n\r\ngone'));
  through('502 until the end', answers('HTTP/1.1 502 Bad Gateway\r\n\r\ngone', 'end'));
  through('noise', answers('garbage\r\n'));
  through('noise, then ended', answers('garbage\r\n', 'end'));
  through('ended', answers('', 'end'));
  through('reset', answers('', 'reset'));
  through('never', answers(''));
  through('200, then ended', answers('HTTP/1.1 200 Established\r\n\r\n', 'end'));
  through('200, then never', answers('HTTP/1.1 200 Established\r\n\r\n'));
  through('200 with a body', answers('HTTP/1.1 200 Established\r\nContent-Length: 4\r\n\r\nbody'));
  through('502 cut', answers('HTTP/1.1 502 Bad Gateway\r\nContent-Length: 40\r\n\r\ngone', 'end'));
}
