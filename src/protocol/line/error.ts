import { JavaError } from '../../java/index.js';

/** The line or the protocol failed (java.io.IOException); the message is worded as Java 17 does. */
export class LineError extends JavaError {
  constructor(message: string, javaClass = 'java.io.IOException') {
    super(javaClass, message);
  }
}

/** Nothing came in time (java.net.SocketTimeoutException). */
export class TimeoutError extends LineError {
  constructor(message: string) {
    super(message, 'java.net.SocketTimeoutException');
  }
}

const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'Connection refused',
  ECONNRESET: 'Connection reset',
  EPIPE: 'Broken pipe',
  ETIMEDOUT: 'Connection timed out',
  ENETUNREACH: 'Network is unreachable',
  EHOSTUNREACH: 'No route to host',
  EADDRNOTAVAIL: 'Cannot assign requested address',
  EACCES: 'Permission denied',
  EINVAL: 'Invalid argument',
  EMFILE: 'Too many open files',
  ENFILE: 'Too many open files in system',
};
/** Java's ConnectException, which a proxy's failure is told by. */
const CONNECT = new Set(['ECONNREFUSED', 'ETIMEDOUT']);

/** A failed connect in Java's words; a host that is not known is only named. */
export function connectFailure(error: Error, host: string): LineError {
  const code = codeOf(error);
  if (code === 'ENOTFOUND' || code.startsWith('EAI_') || code === 'ENODATA' || code === 'ERR_INVALID_ARG_VALUE')
    return new LineError(host, 'java.net.UnknownHostException');
  return new LineError(
    WORDS[code] ?? error.message,
    CONNECT.has(code) ? 'java.net.ConnectException' : 'java.net.SocketException',
  );
}

/** The code of a system error; empty for another one. */
export const codeOf = (error: Error): string => ('code' in error && typeof error.code === 'string' ? error.code : '');
