import fs from 'node:fs';
import net from 'node:net';
import { answers, fault, head, ok, type Settings, twice } from './fault.js';
import type { Secured, Serve } from './line.js';

// TLS.
const key = fs.readFileSync('test/fixtures/tls/key.pem');
const cert = fs.readFileSync('test/fixtures/tls/cert.pem');
const strange: Secured = {
  key: fs.readFileSync('test/fixtures/tls/server.key'),
  cert: fs.readFileSync('test/fixtures/tls/server.pem'),
};
const own: Secured = { key, cert };
const secure = { protocol: 'https', response_timeout: '300', connect_timeout: '300' };
const tlsFault = (name: string, serve: Serve, secured?: Secured, more: Settings = {}): void =>
  fault(`TLS: ${name}`, serve, { ...more, request: { ...secure, ...more.request }, ...(secured && { secured }) });
tlsFault('fine', answers(ok), own, twice);
tlsFault('another name and authority', answers(ok), strange);
tlsFault('plain answer at once', async (line) => {
  await line.send(ok);
});
tlsFault('plain answer to the hello', async (line) => {
  await line.bytes(10);
  await line.send(`HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\nno TLS here`);
  line.end();
});
tlsFault('ended at once', (line) => line.end());
tlsFault('ended behind the hello', async (line) => {
  await line.bytes(10);
  line.end();
});
tlsFault('reset behind the hello', async (line) => {
  await line.bytes(10);
  line.reset();
});
tlsFault('never answered', async (line) => {
  await line.bytes(10);
});
const hello = '160303';
for (const [name, bytes] of [
  ['noise', 'ffffffffffffffffffffffffffffffffffffffff'],
  ['zeros', '0000000000000000000000000000000000000000'],
  ['half a record', `${hello}0040020000`],
  ['a huge record', `${hello}ffff0200`],
  ['an empty record', `${hello}0000`],
  ['alert handshake_failure', '15030300020228'],
  ['alert internal_error', '15030300020250'],
  ['alert unrecognized_name, a warning', '15030300020170'],
  ['alert close_notify', '15030300020100'],
  ['alert user_canceled', '1503030002015a'],
  ['alert protocol_version', '15030300020246'],
  ['alert of an unknown code', '150303000202c8'],
  ['alert access_denied', '15030300020231'],
  ['alert certificate_required', '15030300020274'],
  ['application data', '17030300020041'],
  ['a SSLv2 hello', '802e010301'],
] as const) {
  tlsFault(`${name}, then ended`, async (line) => {
    await line.bytes(10);
    await line.send(Buffer.from(bytes, 'hex'));
    line.end();
  });
  if (/half|empty|warning/.test(name))
    tlsFault(`${name}, then nothing`, async (line) => {
      await line.bytes(10);
      await line.send(Buffer.from(bytes, 'hex'));
    });
}
const versions = {
  TLSv1: 'DEFAULT@SECLEVEL=0',
  'TLSv1.1': 'DEFAULT@SECLEVEL=0',
  'TLSv1.2': 'DEFAULT',
  'TLSv1.3': 'DEFAULT',
} as const;
for (const version of ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] as const)
  tlsFault(`only ${version}`, answers(ok), {
    ...own,
    minVersion: version,
    maxVersion: version,
    ciphers: versions[version],
  });
for (const cipher of [
  'AES128-SHA',
  'ECDHE-RSA-AES128-SHA',
  'ECDHE-RSA-CHACHA20-POLY1305',
  'AES256-GCM-SHA384',
  'PSK-AES128-CBC-SHA',
  'AES128-CCM',
  'ECDHE-RSA-CAMELLIA128-SHA256',
])
  tlsFault(`cipher ${cipher}`, answers(ok), { ...own, maxVersion: 'TLSv1.2', ciphers: `${cipher}:@SECLEVEL=0` });
for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
  const strict: Secured = { ...own, minVersion: version, maxVersion: version, requestCert: true };
  tlsFault(`certificate wanted, ${version}`, answers(ok), { ...strict, rejectUnauthorized: false });
  tlsFault(`certificate required, ${version}`, answers(ok), { ...strict, rejectUnauthorized: true, ca: [cert] }, twice);
  tlsFault(
    `no close_notify in a body, ${version}`,
    async (line) => {
      await line.request();
      await line.send(`${head('Content-Type: text/css')}ok`);
      await line.pause(20);
      endPlainly(line.socket);
    },
    { ...own, minVersion: version, maxVersion: version },
  );
  tlsFault(
    `no close_notify in a length, ${version}`,
    async (line) => {
      await line.request();
      await line.send(`${head('Content-Length: 200')}ok`);
      await line.pause(20);
      endPlainly(line.socket);
    },
    { ...own, minVersion: version, maxVersion: version },
  );
  tlsFault(
    `no close_notify before an answer, ${version}`,
    async (line) => {
      await line.request();
      endPlainly(line.socket);
    },
    { ...own, minVersion: version, maxVersion: version },
  );
  tlsFault(`ended after the request, ${version}`, answers('', 'end'), {
    ...own,
    minVersion: version,
    maxVersion: version,
  });
  tlsFault(`ended in the body, ${version}`, answers(`${head('Content-Length: 200')}ok`, 'end'), {
    ...own,
    minVersion: version,
    maxVersion: version,
  });
  tlsFault(
    `ended behind the body, ${version}`,
    answers(ok, 'end'),
    { ...own, minVersion: version, maxVersion: version },
    twice,
  );
  tlsFault(`never answers the request, ${version}`, answers(''), { ...own, minVersion: version, maxVersion: version });
  tlsFault(
    `noise in the stream, ${version}`,
    async (line) => {
      await line.request();
      underneath(line.socket)?.write('this is no record at all');
    },
    { ...own, minVersion: version, maxVersion: version },
  );
}
fault('http to a TLS server', answers(ok), { secured: own, request: { response_timeout: '300' } });

/** The socket below TLS. */
function underneath(socket: net.Socket): net.Socket | undefined {
  const handle: unknown = Reflect.get(socket, '_parent');
  return handle instanceof net.Socket ? handle : undefined;
}

function endPlainly(socket: net.Socket): void {
  underneath(socket)?.end();
}
