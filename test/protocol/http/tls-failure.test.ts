import { expect, it } from 'vitest';
import { tlsFailure } from '../../../src/protocol/http/tls-failure.js';

it('gives the reason of what Java has no other word for', () => {
  const error = Object.assign(new Error('80BC:error:0A0000F4:SSL routines:f:unexpected message:statem.c:396:\n'), {
    code: 'ERR_SSL_UNEXPECTED_MESSAGE',
    reason: 'unexpected message',
  });
  expect(String(tlsFailure(error, 'h'))).toBe('javax.net.ssl.SSLException: unexpected message');
  expect(String(tlsFailure(new Error('else'), 'h'))).toBe('javax.net.ssl.SSLException: else');
});
