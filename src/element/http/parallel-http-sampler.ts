import { parseUrl } from '../../java/index.js';
import {
  element,
  evaluate,
  type Named,
  type PlacedSampler,
  prop,
  Sample,
  type Text,
  type User,
} from '../../model/index.js';
import { inThread, withEmbeddedResources } from './embedded-resources.js';
import { httpProps } from './http-props.js';
import { type Ask, type Taken, takeRequest } from './http-request.js';
import { failedEarly, httpSampler, takeSample } from './http-sampler.js';
import { requestUrl } from './request-url.js';

const PAGE = 'http://parallel-urls-list';

const props = {
  ...httpProps,
  /** For the pages that come: the list itself is always loaded. */
  imageParser: prop.flag('HTTPSampler.image_parser', true),
  concurrentDownload: prop.flag('HTTPSampler.concurrentDwn', true),
  /** Rows of one address. */
  urls: prop.table('urls'),
};

/** bzm Parallel HTTP Sampler 0.12: loads addresses at the same time, as the frames of a page that nobody sends. */
export const parallelHttpSampler = element({
  ...httpSampler,
  tag: 'com.blazemeter.jmeter.http.ParallelHTTPSampler',
  gui: 'com.blazemeter.jmeter.http.ParallelHTTPSamplerGui',
  call: 'http.parallel',
  props,
  interruptible: false,
  sample: (settings: Named<typeof props>, user, self) => takeAll(settings, user, self),
});

async function takeAll(settings: Named<typeof props>, user: User, self: PlacedSampler): Promise<Sample> {
  try {
    // JMeter makes the sampler's own address first, though nobody asks for it.
    requestUrl(settings, self);
  } catch (error) {
    return failedEarly(error);
  }
  const { clock } = user.test;
  const asking = { props: settings, user, self, implementation: takeRequest };
  const take = (ask: Ask, depth: number, thread?: string): Promise<Taken | undefined> =>
    takeSample(thread === undefined ? asking : inThread(asking, thread), ask, depth);
  const page = pageOf(settings.urls, user);
  page.start(clock.now());
  await withEmbeddedResources({ sample: page, url: parseUrl(PAGE) }, asking, 0, take, page);
  if (page.endTime === 0) page.end(clock.now());
  // Only now: the samples in it were named after an empty label.
  page.label = settings.name;
  return page;
}

function pageOf(rows: readonly (readonly Text[])[], user: User): Sample {
  const sample = new Sample();
  sample.http = { method: 'GET', cookies: '', queryString: '' };
  sample.requestHeaders = '\n';
  sample.url = PAGE;
  sample.success = true;
  sample.encoding = 'UTF-8';
  sample.contentType = 'text/html';
  sample.setText(rows.map(([url = '']) => `<iframe src='${twice(url, user)}'></iframe>\n`).join(''));
  return sample;
}

/** The plugin also lists the addresses as data of the sampler, which no HTTP sample ever shows. */
function twice(url: Text, user: User): string {
  evaluate(url, user);
  return evaluate(url, user);
}
