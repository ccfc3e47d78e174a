import { toInt } from '../../java/index.js';
import type { Sample, SampleEvent } from '../../model/index.js';

/** What one column of a Flexible File Writer writes of an event. */
export type Column = (event: SampleEvent) => string | Uint8Array;

/** `\t`, `\n`, `\r` in the plan's texts; a doubled backslash is one. */
export const unescaped = (text: string): string =>
  text.replace(/\\([\\tnr])/g, (_, what: string) => ({ t: '\t', n: '\n', r: '\r' })[what] ?? '\\');

/**
 * The columns that a text asks for: the chunks between `|` are names of fields, `variable#N`, or literal; an empty chunk is
 * a `|` itself. `known` is how many sample variables there are.
 */
export function columnsOf(text: string, known: number): readonly Column[] {
  const chunks = unescaped(text).split('|');
  // String.split of Java: no empty chunks at the end, but one for the empty text.
  while (chunks.length > 1 && chunks.at(-1) === '') chunks.pop();
  return chunks.map((chunk) => columnOf(chunk, known));
}

const VARIABLE = 'variable#';

function columnOf(chunk: string, known: number): Column {
  const field = FIELDS.get(chunk);
  if (field !== undefined) return ({ sample }) => field(sample);
  const number = chunk.includes(VARIABLE) ? toInt(chunk.slice(VARIABLE.length)) : undefined;
  if (number === undefined) return () => chunk || '|';
  if (known < number + 1) return () => `UNDEFINED_variable#${number}`;
  return ({ variables }) => variables[number] ?? '';
}

/** The plug-in puts a point before the last three digits: seconds. */
const seconds = (ms: number): string => String(ms).replace(/(?=\d{3}$)/, '.');

const FIELDS: ReadonlyMap<string, (sample: Sample) => string | Uint8Array> = new Map(
  Object.entries<(sample: Sample) => string | Uint8Array>({
    isSuccsessful: (s) => (s.success ? '1' : '0'),
    isFailed: (s) => (s.success ? '0' : '1'),
    startTime: (s) => String(s.startTime),
    endTime: (s) => String(s.endTime),
    startTimeMillis: (s) => seconds(s.startTime),
    endTimeMillis: (s) => seconds(s.endTime),
    responseTime: (s) => String(s.elapsed),
    latency: (s) => String(s.latency),
    connectTime: (s) => String(s.connectTime),
    responseTimeMicros: (s) => String(s.elapsed * 1000),
    latencyMicros: (s) => String(s.latency * 1000),
    // The length of the request as it is shown, not what was sent.
    sentBytes: (s) => String(s.samplerData?.length ?? 0),
    receivedBytes: (s) => String(s.data.length),
    responseHeaderSize: (s) => String(s.headersSize),
    responseSize: (s) => String(s.body),
    responseCode: (s) => s.code,
    responseMessage: (s) => s.message,
    threadName: (s) => s.threadName,
    sampleLabel: (s) => s.label,
    requestData: (s) => s.samplerData ?? '0',
    responseData: (s) => s.data,
    requestHeaders: (s) => s.requestHeaders,
    responseHeaders: (s) => s.responseHeaders,
    threadsCount: (s) => String(s.allThreads),
    grpThreads: (s) => String(s.groupThreads),
    sampleCount: (s) => String(s.sampleCount),
    errorCount: (s) => String(s.errorCount),
    URL: (s) => s.url ?? '',
  }),
);
