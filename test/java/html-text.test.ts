import { expect, it } from 'vitest';
import { unescapeHtml4 } from '../../src/java/index.js';

it.each([
  ['&lt;p&gt; &amp;&quot;', '<p> &"'],
  ['&eacute;&nbsp;&euro;&thetasym;&hearts;', 'é\u00a0€\u03d1\u2665'],
  ['&#65;&#x42;&#X1F600;', 'AB\u{1f600}'],
  // No apos in HTML 4, and nothing without its semicolon.
  ['&apos; &lt &#65 &#6a; &unknown; &', '&apos; &lt &#65 &#6a; &unknown; &'],
])('%j is %j', (escaped, text) => {
  expect(unescapeHtml4(escaped)).toBe(text);
});
