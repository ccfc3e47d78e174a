import { charsetDecoder } from '../java/index.js';
import type { AssertionResult, Compared, Sample, SampleEvent } from '../model/index.js';
import type { EventWriter } from './csv.js';
import type { SaveSettings } from './save-settings.js';
import { xmlAttribute, xmlName, xmlText } from './xml-text.js';

/** What an XML results file begins with, up to and including the start tag's line. */
export const xmlStart = (settings: SaveSettings): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n${settings.xmlPi === '' ? '' : `${settings.xmlPi}\n`}<testResults version="1.2">\n`;

export const XML_END_TAG = '</testResults>';
/** The end of an XML results file; JMeter leaves an empty line before the tag. */
export const XML_END = `\n${XML_END_TAG}\n`;

type Attribute = readonly [name: string, on: boolean, value: (sample: Sample, event: SampleEvent) => string | number];

/**
 * Compiles a function that writes an event's XML element with its line end: attributes and children in the order of
 * SampleResultConverter and HTTPResultConverter 5.6.3. In functional mode data and sampler data are always written.
 */
export function xmlWriter(settings: SaveSettings, variables: readonly string[], functionalMode: boolean): EventWriter {
  const attributes = attributesOf(settings, variables);
  const node = (sample: Sample, event: SampleEvent, indent: string): string => {
    const tag = sample.http === undefined ? 'sample' : 'httpSample';
    let open = `<${tag}`;
    for (const [name, , value] of attributes) open += ` ${name}="${value(sample, event)}"`;
    const inner = children(sample, event, `${indent}  `);
    return inner === '' ? `${open}/>` : `${open}>${inner}${indent}</${tag}>`;
  };
  const children = (sample: Sample, event: SampleEvent, indent: string): string => {
    let text = '';
    if (settings.assertions) for (const result of sample.assertions ?? []) text += indent + assertion(result, indent);
    if (settings.subresults) for (const sub of sample.subSamples ?? []) text += indent + node(sub, event, indent);
    const withData = functionalMode || (settings.responseDataOnError && !sample.success);
    for (const child of details(sample, settings, withData)) text += indent + child;
    return text;
  };
  return (rows, event) => rows.text(`${node(event.sample, event, '\n')}\n`);
}

function attributesOf(on: SaveSettings, variables: readonly string[]): readonly Attribute[] {
  const all: Attribute[] = [
    ['t', on.time, (s) => s.elapsed],
    ['it', on.idleTime, (s) => s.idleTime],
    ['lt', on.latency, (s) => s.latency],
    ['ct', on.connectTime, (s) => s.connectTime],
    ['ts', on.timestamp, (s) => (on.stampStart ? s.startTime : s.endTime)],
    ['s', on.success, (s) => (s.success ? 'true' : 'false')],
    ['lb', on.label, (s) => xmlAttribute(s.label)],
    ['rc', on.code, (s) => xmlAttribute(s.code)],
    ['rm', on.message, (s) => xmlAttribute(s.message)],
    ['tn', on.threadName, (s) => xmlAttribute(s.threadName)],
    ['dt', on.dataType, (s) => xmlAttribute(s.dataType)],
    // Without the default, unlike the CSV.
    ['de', on.encoding, (s) => xmlAttribute(s.encoding ?? '')],
    ['by', on.bytes, (s) => s.bytes],
    ['sby', on.sentBytes, (s) => s.sentBytes],
    ['sc', on.sampleCount, (s) => s.sampleCount],
    ['ec', on.sampleCount, (s) => s.errorCount],
    ['ng', on.threadCounts, (s) => s.groupThreads],
    ['na', on.threadCounts, (s) => s.allThreads],
    ['hn', on.hostname, (_, event) => xmlAttribute(event.user.test.hostName)],
    ...variables.map((name, i): Attribute => {
      // An undefined variable is empty here and `null` in the CSV.
      return [xmlName(name), true, (_, event) => xmlAttribute(event.variables[i] ?? '')];
    }),
  ];
  return all.filter(([, enabled]) => enabled);
}

function assertion(result: AssertionResult, indent: string): string {
  const inner = `${indent}  `;
  const message =
    result.message === undefined ? '' : `${inner}<failureMessage>${xmlText(result.message)}</failureMessage>`;
  const tag = result.compared === undefined ? 'assertionResult' : 'org.apache.jmeter.assertions.CompareAssertionResult';
  const compared = result.compared === undefined ? '' : inner + comparison(result.compared, inner);
  return (
    `<${tag}>${inner}<name>${xmlText(result.name)}</name>${inner}<failure>${result.failure}</failure>` +
    `${inner}<error>${result.error}</error>${message}${compared}${indent}</${tag}>`
  );
}

function comparison({ base, secondary }: Compared, indent: string): string {
  if (base.length === 0) return '<comparedResults/>';
  const inner = `${indent}  `;
  const text = (tag: string, parts: readonly string[]): string =>
    `${inner}<${tag}>${xmlText(parts.join('\n\n'))}</${tag}>`;
  return `<comparedResults>${text('baseResult', base)}${text('secondaryResult', secondary)}${indent}</comparedResults>`;
}

/** Headers, data and address; an empty text has its end tag, a text that is missing has no element. */
function details(sample: Sample, on: SaveSettings, withData: boolean): string[] {
  const found: string[] = [];
  const add = (tag: string, text: string | undefined): void => {
    if (text !== undefined) found.push(`<${tag} class="java.lang.String">${xmlText(text)}</${tag}>`);
  };
  if (on.responseHeaders) add('responseHeader', sample.responseHeaders);
  if (on.requestHeaders) add('requestHeader', sample.requestHeaders);
  if (on.responseData || withData) add('responseData', responseData(sample));
  if (on.fileName) add('responseFile', sample.fileName);
  if (on.samplerData || withData) {
    if (sample.http === undefined) add('samplerData', sample.samplerData);
    else {
      add('cookies', sample.http.cookies);
      add('method', sample.http.method);
      add('queryString', sample.http.queryString);
      add('redirectLocation', sample.http.redirectLocation);
    }
  }
  if (on.url) {
    if (sample.url !== undefined) found.push(`<java.net.URL>${xmlText(sample.url)}</java.net.URL>`);
    else if (sample.http !== undefined) found.push('<null/>');
  }
  return found;
}

function responseData(sample: Sample): string {
  if (sample.dataType !== 'text') return `Non-TEXT response data, cannot record: (${sample.dataType})`;
  const charset = sample.encodingOrDefault;
  if (charset === 'UTF-8' || charsetDecoder(charset) !== undefined) return sample.text;
  return `Unsupported encoding in response data, cannot record: java.io.UnsupportedEncodingException: ${charset}`;
}
