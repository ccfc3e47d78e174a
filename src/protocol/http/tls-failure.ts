import { JavaError } from '../../java/index.js';
import { codeOf, LineError } from '../line/index.js';

const ssl = (name: string, message: string): JavaError => new JavaError(`javax.net.ssl.${name}`, message);
const handshake = (message: string): JavaError => ssl('SSLHandshakeException', message);

/** Certificates that Java's PKIX would not take, by OpenSSL's code. */
const UNTRUSTED = new Set([
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
]);
const CERTPATH = 'sun.security.provider.certpath.SunCertPathBuilderException';

/** A failed handshake with that host in the words of Java 17; undefined = the other side closed. */
export function tlsFailure(error: Error | undefined, host: string): Error {
  if (error === undefined) return handshake('Remote host terminated the handshake');
  if (error instanceof JavaError) return error;
  const code = codeOf(error);
  if (code === 'ECONNRESET')
    return /before secure TLS/.test(error.message)
      ? handshake('Remote host terminated the handshake')
      : new LineError('Connection reset', 'java.net.SocketException');
  if (UNTRUSTED.has(code))
    return handshake(
      `PKIX path building failed: ${CERTPATH}: unable to find valid certification path to requested target`,
    );
  if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID')
    return handshake(
      'PKIX path validation failed: java.security.cert.CertPathValidatorException: validity check failed',
    );
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return wrongName(error, host);
  const alert = /ALERT_([A-Z_]+)$/.exec(code)?.[1];
  if (alert !== undefined) return ssl(alertClass(alert), `Received fatal alert: ${alert.toLowerCase()}`);
  if (
    code === 'ERR_SSL_UNEXPECTED_MESSAGE' ||
    code.includes('WRONG_VERSION_NUMBER') ||
    code.includes('PACKET_LENGTH') ||
    code.includes('HTTP_REQUEST')
  )
    return ssl('SSLException', 'Unsupported or unrecognized SSL message');
  // OpenSSL's whole message names addresses in memory and files of its source.
  return ssl('SSLException', 'reason' in error && typeof error.reason === 'string' ? error.reason : error.message);
}

/** Alerts that are not of the handshake alone have other classes (sun.security.ssl.Alert). */
function alertClass(alert: string): string {
  if (alert === 'UNEXPECTED_MESSAGE') return 'SSLProtocolException';
  return ANYTIME.test(alert) ? 'SSLException' : 'SSLHandshakeException';
}
const ANYTIME =
  /^(?:CLOSE_NOTIFY|BAD_RECORD_MAC|DECRYPTION_FAILED|RECORD_OVERFLOW|DECOMPRESSION_FAILURE|INTERNAL_ERROR|INAPPROPRIATE_FALLBACK|USER_CANCELED)$/;

/** HttpClient's own check of the name (DefaultHostnameVerifier 4.5.14). */
function wrongName(error: Error, host: string): JavaError {
  const names = /altnames: (.*)$/i.exec(error.message)?.[1];
  const list = names?.split(', ').map((name) => name.replace(/^(?:DNS|IP Address):/, ''));
  const unlike = list
    ? `any of the subject alternative names: [${list.join(', ')}]`
    : `common name of the certificate subject: ${/cert's CN: (.*)$/.exec(error.message)?.[1] ?? ''}`;
  return ssl('SSLPeerUnverifiedException', `Certificate for <${host}> doesn't match ${unlike}`);
}
