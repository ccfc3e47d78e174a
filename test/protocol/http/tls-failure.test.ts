import { expect, it } from 'vitest';
import { tlsFailure } from '../../../src/protocol/http/tls-failure.js';

it('gives the reason of what Java has no other word for', () => {
  const error = Object.assign(new Error('80BC:error:0A0000F4:SSL routines:f:library has no ciphers:statem.c:396:\n'), {
    code: 'ERR_SSL_LIBRARY_HAS_NO_CIPHERS',
    reason: 'library has no ciphers',
  });
  expect(String(tlsFailure(error, 'h'))).toBe('javax.net.ssl.SSLException: library has no ciphers');
  expect(String(tlsFailure(new Error('else'), 'h'))).toBe('javax.net.ssl.SSLException: else');
});
