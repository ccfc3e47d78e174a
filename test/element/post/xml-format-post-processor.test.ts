import { expect, it } from 'vitest';
import { xmlFormatPostProcessor } from '../../../src/element/post/xml-format-post-processor.js';
import { Sample } from '../../../src/model/index.js';
import { fakeTest, fakeUser } from '../../kit.js';
import { place } from '../../kit-element.js';

// Each right-hand side is what JMeter 5.6.3 with the plugin wrote, behind the declaration.
it.each([
  ['<a><b>x</b><c/></a>', '<a>\n   <b>x</b>\n   <c/>\n</a>\n'],
  ['<a>\n  <b>x</b>\n</a>', '<a>\n   <b>x</b>\n</a>\n'],
  ['<a>t<b>x</b>u</a>', '<a>t<b>x</b>u</a>\n'],
  [
    '<?xml version="1.0" encoding="ISO-8859-1"?><a x="1" y="&lt;"><!-- c --><?pi d?><b><![CDATA[x<y]]></b></a>',
    '<a x="1" y="&lt;"><!-- c --><?pi d?>\n   <b>x&lt;y</b>\n</a>\n',
  ],
  ['<a xmlns="u" xmlns:p="v"><p:b p:c="1"/></a>', '<a xmlns="u" xmlns:p="v">\n   <p:b xmlns="" p:c="1"/>\n</a>\n'],
  ['<!DOCTYPE a [<!ENTITY e "z">]><a>&e;</a>', '<a>z</a>\n'],
  ['<a xml:space="preserve"> <b/> </a>', '<a xml:space="preserve"> <b/> </a>\n'],
])('%s', async (body, expected) => {
  expect(await formatted(body)).toBe(`<?xml version="1.0" encoding="UTF-8"?>\n${expected}`);
});

it.each(['', 'not xml', '{"a":1}'])('leaves what is no XML as it is: %s', async (body) => {
  expect(await formatted(body)).toBe(body);
});

async function formatted(body: string): Promise<string> {
  const self = place(xmlFormatPostProcessor, { props: {} });
  const user = fakeUser({ test: fakeTest() });
  const sample = new Sample();
  sample.setText(body);
  await xmlFormatPostProcessor.after?.(self.props(user), user, sample, self);
  return sample.text;
}
