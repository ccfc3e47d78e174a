import { element } from '../../model/index.js';
import { parseXml, XmlParseError } from '../../query/index.js';

/** Checks that the response is well-formed XML without a DOCTYPE. */
export const xmlAssertion = element({
  tag: 'XMLAssertion',
  gui: 'XMLAssertionGui',
  call: 'expect.xml',
  props: {},

  assert(_, user, sample, result) {
    const { text } = sample;
    if (text === '') {
      result.fail('Response was null');
      return;
    }
    try {
      parseXml(text, { namespaces: false, noDoctype: true });
    } catch (error) {
      if (!(error instanceof XmlParseError)) throw error;
      user.test.log.write(
        'ERROR',
        'o.a.j.a.LogErrorHandler',
        `Fatal Exception parsing document, message:${error.message}`,
      );
      result.error = true;
      result.failure = true;
      result.message = error.message;
    }
  },
});
