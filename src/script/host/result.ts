import { type AssertionResult, Sample } from '../../model/index.js';
import { JavaArray } from '../value/collection.js';
import { type Args, Host, type HostClass, hostClass, type Method, method } from './host.js';

type Texts = 'label' | 'code' | 'message' | 'threadName' | 'dataType' | 'requestHeaders' | 'responseHeaders';
type Numbers =
  | ('startTime' | 'endTime' | 'latency' | 'connectTime' | 'idleTime' | 'elapsed' | 'groupThreads' | 'allThreads')
  | ('headersSize' | 'bodySize' | 'sentBytes' | 'sampleCount' | 'bytes' | 'errorCount');
type Flags = 'success' | 'stopThread' | 'stopTest' | 'stopTestNow' | 'ignore';

const gets = (key: Texts | Numbers | Flags): Method<Sample> => method((sample) => sample[key]);
const sets = (key: Texts): Method<Sample> => method((sample, a) => assigned(sample, key, a.textOrNull(0) ?? ''), 1);
const setsNumber = (key: Exclude<Numbers, 'bytes' | 'errorCount'>): Method<Sample> =>
  method((sample, a) => assigned(sample, key, a.int(0)), 1);
const setsFlag = (key: Flags): Method<Sample> => method((sample, a) => assigned(sample, key, a.flag(0)), 1);

function assigned<K extends Texts | Flags | Exclude<Numbers, 'bytes' | 'errorCount'>>(
  sample: Sample,
  key: K,
  value: Sample[K],
): null {
  sample[key] = value;
  return null;
}

/** `prev`, `SampleResult`, `sampleResult`: the getters and setters of SampleResult. */
export const sampleClass: HostClass<Sample> = hostClass<Sample>(
  'org.apache.jmeter.samplers.SampleResult',
  {
    getSampleLabel: gets('label'),
    setSampleLabel: sets('label'),
    getResponseCode: gets('code'),
    setResponseCode: sets('code'),
    setResponseCodeOK: method((sample) => assigned(sample, 'code', '200')),
    isResponseCodeOK: method((sample) => sample.code === '200'),
    getResponseMessage: gets('message'),
    setResponseMessage: sets('message'),
    setResponseMessageOK: method((sample) => assigned(sample, 'message', 'OK')),
    setResponseOK: method((sample) => sample.ok() ?? null),
    isSuccessful: gets('success'),
    setSuccessful: setsFlag('success'),
    getThreadName: gets('threadName'),
    setThreadName: sets('threadName'),
    getDataType: gets('dataType'),
    setDataType: sets('dataType'),
    getRequestHeaders: gets('requestHeaders'),
    setRequestHeaders: sets('requestHeaders'),
    getResponseHeaders: gets('responseHeaders'),
    setResponseHeaders: sets('responseHeaders'),
    getTime: gets('elapsed'),
    getStartTime: gets('startTime'),
    getTimeStamp: gets('startTime'),
    getEndTime: gets('endTime'),
    setEndTime: setsNumber('endTime'),
    getLatency: gets('latency'),
    setLatency: setsNumber('latency'),
    getConnectTime: gets('connectTime'),
    setConnectTime: setsNumber('connectTime'),
    getIdleTime: gets('idleTime'),
    setIdleTime: setsNumber('idleTime'),
    getGroupThreads: gets('groupThreads'),
    getAllThreads: gets('allThreads'),
    getHeadersSize: gets('headersSize'),
    setHeadersSize: setsNumber('headersSize'),
    getBodySize: method((sample) => sample.body),
    getBodySizeAsLong: method((sample) => sample.body),
    setBodySize: setsNumber('bodySize'),
    getBytes: gets('bytes'),
    getBytesAsLong: gets('bytes'),
    getSentBytes: gets('sentBytes'),
    setSentBytes: setsNumber('sentBytes'),
    getSampleCount: gets('sampleCount'),
    setSampleCount: setsNumber('sampleCount'),
    getErrorCount: gets('errorCount'),
    isStopThread: gets('stopThread'),
    setStopThread: setsFlag('stopThread'),
    isStopTest: gets('stopTest'),
    setStopTest: setsFlag('stopTest'),
    isStopTestNow: gets('stopTestNow'),
    setStopTestNow: setsFlag('stopTestNow'),
    isIgnore: gets('ignore'),
    setIgnore: method((sample) => assigned(sample, 'ignore', true)),
    getSamplerData: method((sample) => sample.samplerData ?? null),
    setSamplerData: method((sample, a) => set(() => (sample.samplerData = a.textOrNull(0) ?? undefined)), 1),
    getContentType: method((sample) => sample.contentType),
    getMediaType: method((sample) => sample.contentType.split(/[ ;]/, 1)[0]),
    setContentType: method((sample, a) => set(() => (sample.contentType = a.text(0))), 1),
    getDataEncodingNoDefault: method((sample) => sample.encoding ?? null),
    getDataEncodingWithDefault: method((sample) => sample.encodingOrDefault),
    setDataEncoding: method((sample, a) => set(() => (sample.encoding = a.text(0))), 1),
    getUrlAsString: method((sample) => sample.url ?? ''),
    getURL: method((sample) => sample.url ?? null),
    getResponseDataAsString: method((sample) => sample.text),
    getResponseData: method(
      (sample) =>
        new JavaArray(
          'B',
          [...sample.data].map((byte) => (byte << 24) >> 24),
        ),
    ),
    setResponseData: method(setData, 1, 2),
    getFirstAssertionFailureMessage: method((sample) => sample.failureMessage || null),
    getAssertionResults: method(
      ({ assertions = [] }) =>
        new JavaArray(
          'Lorg.apache.jmeter.assertions.AssertionResult;',
          assertions.map((result) => new Host(assertionClass, result)),
        ),
    ),
    getSubResults: method(
      ({ subSamples = [] }) =>
        new JavaArray(
          'Lorg.apache.jmeter.samplers.SampleResult;',
          subSamples.map((sub) => new Host(sampleClass, sub)),
        ),
    ),
    addSubResult: method((sample, a) => added(sample, a), 1, 2),
    toString: gets('label'),
  },
  (sample: Sample) => sample.label,
);

function set(change: () => unknown): null {
  change();
  return null;
}

/** Bytes, or a text (with its encoding, which is then the sample's; null is the default one). */
function setData(sample: Sample, a: Args): null {
  const value = a.any(0);
  if (a.count > 1) {
    sample.encoding = a.textOrNull(1) ?? undefined;
    sample.encoding = sample.encodingOrDefault;
  }
  if (value instanceof JavaArray) sample.setData(Buffer.from(value.items.map(Number)));
  else sample.setText(a.text(0));
  return null;
}

function added(sample: Sample, a: Args): null {
  sample.addSubSample(sampleOf(a.any(0)), a.count < 2 || a.flag(1));
  return null;
}

function sampleOf(value: unknown): Sample {
  if (value instanceof Host && value.self instanceof Sample) return value.self;
  throw new TypeError('a SampleResult is wanted');
}

/** `AssertionResult`. */
export const assertionClass = hostClass<AssertionResult>('org.apache.jmeter.assertions.AssertionResult', {
  getName: method((result) => result.name),
  setName: method((result, a) => set(() => (result.name = a.text(0))), 1),
  isFailure: method((result) => result.failure),
  setFailure: method((result, a) => set(() => (result.failure = a.flag(0))), 1),
  isError: method((result) => result.error),
  setError: method((result, a) => set(() => (result.error = a.flag(0))), 1),
  getFailureMessage: method((result) => result.message ?? null),
  setFailureMessage: method((result, a) => set(() => (result.message = a.textOrNull(0) ?? undefined)), 1),
  setResultForFailure: method((result, a) => set(() => result.fail(a.text(0))), 1),
  setResultForNull: method((result) => set(() => result.fail('Response was null'))),
});
