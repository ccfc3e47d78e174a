import { element } from '../../model/index.js';
import { problems } from '../../problem.js';

/** Checks the signature of a mail: known, and refused, since signed mail cannot be read here. */
export const smimeAssertion = element({
  tag: 'SMIMEAssertion',
  gui: 'SMIMEAssertionGui',
  call: 'expect.signedMail',
  props: {},
  ignored: ['*'],
  check: () => [problems.elementCannotRun('signatures of mails (S/MIME) cannot be checked')],
  assert() {},
});
