import { JavaError } from '../../java/index.js';

const CLASS = 'net.sf.saxon.s9api.SaxonApiException';

/** What Saxon says while it evaluates. */
export const saxonError = (message: string): JavaError => new JavaError(CLASS, message);

/** What Saxon says while it compiles: JMeter's cache of expressions wraps it once more. */
export const staticError = (message: string): JavaError =>
  new JavaError('java.util.concurrent.CompletionException', `${CLASS}: ${message}`);
