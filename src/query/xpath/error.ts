import { JavaError } from '../../java/index.js';

/** What Xalan says of an expression. */
export const xpathError = (message: string): JavaError =>
  new JavaError('javax.xml.transform.TransformerException', message);
