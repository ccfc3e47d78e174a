import { expect, it } from 'vitest';
import { parallelHttpSampler } from '../../../src/element/http/parallel-http-sampler.js';
import { fakeUser } from '../../kit.js';
import { place, takeSample } from '../../kit-element.js';
import { answering } from '../../protocol/http/server.js';

/** As jmeter.properties has them. */
const PARSERS = [
  ['HTTPResponse.parsers', 'htmlParser'],
  ['htmlParser.className', 'org.apache.jmeter.protocol.http.parser.LagartoBasedHtmlParser'],
  ['htmlParser.types', 'text/html'],
] as const;
const answer = (code: string) => `HTTP/1.1 ${code}\r\nConnection: close\r\nContent-Length: 2\r\n\r\nhi`;

it('the Parallel HTTP Sampler loads its addresses as frames of a page; one that fails fails it', async () => {
  const first = await answering([answer('200 OK')]);
  const second = await answering([answer('404 Not Found')]);
  const urls = [first, second].map(({ port }) => [`http://127.0.0.1:${port}/x`]);
  const self = place(parallelHttpSampler, { name: 'P', props: { urls, 'HTTPSampler.image_parser': false } });
  const user = fakeUser();
  for (const [name, value] of PARSERS) user.test.properties.set(name, value);
  const sample = await takeSample(self, user);
  const page = urls.map(([url]) => `<iframe src='${url}'></iframe>\n`).join('');
  expect(sample).toMatchObject({ label: 'P', code: '', success: false, url: 'http://parallel-urls-list' });
  expect(sample?.text).toBe(page);
  expect(sample?.subSamples?.map(({ label, code }) => `${label} ${code}`)).toEqual(['-0 200', '-1 404']);
});
