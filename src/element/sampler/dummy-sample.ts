import { JavaError } from '../../java/index.js';
import { type Awaitable, type Named, prop, Sample, type User } from '../../model/index.js';
import { javaUrl } from './java-url.js';

/** The properties of jp@gc's dummies; absent flags are false. */
export const dummyProps = {
  wait: prop.flag('WAITING'),
  success: prop.flag('SUCCESFULL'),
  code: prop.text('RESPONSE_CODE'),
  message: prop.text('RESPONSE_MESSAGE'),
  request: prop.text('REQUEST_DATA'),
  response: prop.text('RESPONSE_DATA'),
  /** Milliseconds; what is no 32-bit integer is 0, for the next two as well. */
  time: prop.forgivingInt('RESPONSE_TIME'),
  latency: prop.forgivingInt('LATENCY'),
  connectTime: prop.forgivingInt('CONNECT'),
  url: prop.text('URL'),
  resultClass: prop.text('RESULT_CLASS', 'org.apache.jmeter.samplers.SampleResult'),
};
type DummyProps = Named<typeof dummyProps>;

/** A sample as the fields say, after a wait or without one (kg.apc.jmeter.dummy.DummyElement 0.4). */
export function dummySample(given: DummyProps, user: User): Awaitable<Sample> {
  const sample = new Sample();
  const waited = begin(sample, given, user);
  if (waited === undefined) return fill(sample, given);
  return waited.then(() => {
    sample.end(user.test.clock.now());
    return fill(sample, given);
  });
}

/** Stamps the times; a promise if there is something to wait for. */
function begin(sample: Sample, given: DummyProps, user: User): Promise<void> | undefined {
  const { resultClass } = given;
  // A fresh HTTPSampleResult has empty cookies and an empty query, but neither method nor redirect.
  if (resultClass === HTTP_RESULT) sample.http = { cookies: '', queryString: '' };
  else if (!PLAIN_RESULTS.has(resultClass)) {
    if (resultClass.startsWith('java.')) throw classCast(resultClass);
    // A class that cannot be loaded gives a plain result that never began: time stamp and elapsed stay 0.
    return undefined;
  }
  const { clock } = user.test;
  if (!given.wait) {
    sample.stamp(clock.now(), given.time);
    return undefined;
  }
  sample.start(clock.now());
  const { time } = given;
  if (time < 0) throw new JavaError('java.lang.IllegalArgumentException', 'timeout value is negative');
  if (time > 0) return user.sleep(time).then(() => undefined);
  sample.end(clock.now());
  return undefined;
}

/** In the order in which the plugin evaluates its fields. */
function fill(sample: Sample, given: DummyProps): Sample {
  sample.label = given.name;
  sample.samplerData = given.request;
  sample.code = given.code;
  sample.message = given.message;
  sample.success = given.success;
  sample.dataType = 'text';
  sample.setText(given.response);
  const { url } = given;
  if (url !== '') sample.url = javaUrl(url);
  sample.latency = given.latency;
  sample.connectTime = given.connectTime;
  return sample;
}

const HTTP_RESULT = 'org.apache.jmeter.protocol.http.sampler.HTTPSampleResult';
const PLAIN_RESULTS: ReadonlySet<string> = new Set([
  'org.apache.jmeter.samplers.SampleResult',
  'org.apache.jmeter.samplers.StatisticalSampleResult',
]);

const classCast = (name: string): JavaError =>
  new JavaError(
    'java.lang.ClassCastException',
    `class ${name} cannot be cast to class org.apache.jmeter.samplers.SampleResult`,
  );
