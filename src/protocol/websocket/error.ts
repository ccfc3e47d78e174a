import { JavaError } from '../../java/index.js';
import { LineError } from '../line/index.js';

/** The server or the proxy did not do what it was asked. */
export class UpgradeError extends LineError {
  constructor(
    message: string,
    readonly status?: number,
  ) {
    super(message);
  }
}

/** A call that the connection's state does not allow (java.lang.IllegalStateException). */
export const illegalState = (message: string): JavaError => new JavaError('java.lang.IllegalStateException', message);
