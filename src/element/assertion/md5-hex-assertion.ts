import { createHash } from 'node:crypto';
import { element, prop } from '../../model/index.js';

/** Compares the MD5 sum of the response, in hexadecimal, with the one expected. */
export const md5HexAssertion = element({
  tag: 'MD5HexAssertion',
  gui: 'MD5HexAssertionGUI',
  call: 'expect.md5',
  props: {
    /** Called a size in the plan. */
    expected: prop.text('MD5HexAssertion.size'),
  },

  assert(props, _user, sample, result) {
    if (sample.dataLength === 0) {
      result.fail('Response was null');
      return;
    }
    if (props.expected === '') {
      result.fail('MD5Hex to test against is empty');
      return;
    }
    const sum = createHash('md5').update(sample.data).digest('hex');
    if (props.expected.toLowerCase() !== sum)
      result.fail(`Error asserting MD5 sum : got ${sum} but should have been ${props.expected}`);
  },
});
