import { fault } from './fault.js';

// Uploads.
const upload = { method: 'POST', postBodyRaw: true, body: 'x'.repeat(3_000_000), response_timeout: '1000' };
fault(
  'upload: reset at once',
  async (line) => {
    await line.bytes(1000);
    line.reset();
  },
  { request: upload },
);
fault(
  'upload: answered early, line kept',
  async (line) => {
    await line.request();
    await line.send('HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\n\r\nno');
  },
  { request: upload, samples: 2 },
);
fault(
  'upload: answered early, then ended',
  async (line) => {
    await line.request();
    await line.send('HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\n\r\nno');
    line.end();
  },
  { request: upload },
);
fault(
  'upload: heard and not answered',
  async (line) => {
    await line.bytes(3_000_000);
  },
  { request: { ...upload, response_timeout: '250' } },
);
fault(
  'upload: heard and ended',
  async (line) => {
    await line.bytes(3_000_000);
    line.end();
  },
  { request: upload },
);
