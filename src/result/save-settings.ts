import type { Properties } from '../model/index.js';
import { ProblemError, problems } from '../problem.js';
import { type StampFormat, stampFormat } from './timestamp.js';

/**
 * What may be saved of a sample: the tag in a listener's saveConfig, the property after `jmeter.save.saveservice.`, and
 * the property's default (SampleSaveConfiguration 5.6.3).
 */
const FLAGS = {
  xml: ['output_format', false],
  fieldNames: ['print_field_names', true],
  timestamp: ['timestamp_format', true],
  time: ['time', true],
  label: ['label', true],
  code: ['response_code', true],
  message: ['response_message', true],
  threadName: ['thread_name', true],
  dataType: ['data_type', true],
  success: ['successful', true],
  saveAssertionResultsFailureMessage: ['assertion_results_failure_message', true],
  bytes: ['bytes', true],
  sentBytes: ['sent_bytes', true],
  threadCounts: ['thread_counts', true],
  url: ['url', true],
  fileName: ['filename', false],
  latency: ['latency', true],
  encoding: ['encoding', false],
  sampleCount: ['sample_count', false],
  hostname: ['hostname', false],
  idleTime: ['idle_time', true],
  connectTime: ['connect_time', true],
  subresults: ['subresults', true],
  assertions: ['assertions', true],
  responseData: ['response_data', false],
  responseDataOnError: ['response_data.on_error', false],
  samplerData: ['samplerData', false],
  responseHeaders: ['responseHeaders', false],
  requestHeaders: ['requestHeaders', false],
} as const satisfies Record<string, readonly [property: string, fallback: boolean]>;

type Flag = keyof typeof FLAGS;
type Flags = Readonly<Record<Flag, boolean>>;

/** What a results file says of each sample, and how. */
export interface SaveSettings extends Flags {
  /** One character. */
  readonly delimiter: string;
  readonly stamp: StampFormat;
  /** Whether a sample is stamped with its start (as JMeter ships) or its end. */
  readonly stampStart: boolean;
  /** The processing instruction on line 2 of an XML file; empty = none. */
  readonly xmlPi: string;
  /** Every row goes to the file at once. */
  readonly autoflush: boolean;
  /** A file name that starts so is relative to the plan's folder. */
  readonly basePrefix: string;
}

/** Whether a file with these settings says anything that only the data tells. */
export const savesData = ({ responseData, responseDataOnError, encoding }: SaveSettings): boolean =>
  responseData || responseDataOnError || encoding;

const PREFIX = 'jmeter.save.saveservice.';

/**
 * The settings that the properties ask for, as JMeter uses them for `-l` and for listeners without a saveConfig.
 * Throws ProblemError when the delimiter is one that JMeter refuses.
 */
export function saveSettings(properties: Properties): SaveSettings {
  const format = properties.get(`${PREFIX}timestamp_format`, 'ms').toLowerCase();
  const special: Partial<Record<Flag, boolean>> = {
    xml: properties.get(`${PREFIX}output_format`) === 'xml',
    timestamp: format !== 'none',
  };
  return {
    ...flags((flag) => special[flag] ?? isTrue(properties.get(PREFIX + FLAGS[flag][0]), FLAGS[flag][1])),
    ...shared(properties),
  };
}

/**
 * The settings of a listener: the fields of its saveConfig, where a missing one is false; delimiter, timestamp format and
 * processing instruction come from the properties all the same. No saveConfig at all = the properties decide.
 */
export function saveSettingsOf(
  saveConfig: ReadonlyMap<string, string> | undefined,
  properties: Properties,
): SaveSettings {
  if (saveConfig === undefined) return saveSettings(properties);
  return { ...flags((flag) => isTrue(saveConfig.get(flag), false)), ...shared(properties) };
}

function shared(properties: Properties): Omit<SaveSettings, Flag> {
  return {
    delimiter: delimiterOf(properties.get(`${PREFIX}default_delimiter`, ',')),
    stamp: stampFormat(properties.get(`${PREFIX}timestamp_format`, 'ms')),
    // The program's own default is the end, but the jmeter.properties that JMeter ships says start.
    stampStart: properties.flag('sampleresult.timestamp.start', true),
    xmlPi: properties.get(`${PREFIX}xml_pi`, ''),
    autoflush: properties.flag(`${PREFIX}autoflush`, false),
    basePrefix: properties.get(`${PREFIX}base_prefix`, '~/'),
  };
}

function flags(read: (flag: Flag) => boolean): Flags {
  const names = Object.keys(FLAGS) as Flag[]; // the keys of a constant table
  return Object.fromEntries(names.map((flag) => [flag, read(flag)])) as Record<Flag, boolean>;
}

/** Only `true` in any case, untrimmed: a `t` or `1` that other properties accept is false here. */
const isTrue = (text: string | undefined, fallback: boolean): boolean =>
  text === undefined ? fallback : text.toLowerCase() === 'true';

function delimiterOf(text: string): string {
  const delimiter = text === '\\t' ? '\t' : text;
  const bad = (why: string): never => {
    throw new ProblemError([problems.badSetting(`jmeter.save.saveservice.default_delimiter: ${why}`)]);
  };
  if (delimiter.length !== 1) bad(`Delimiter '${delimiter}' must be of length 1.`);
  if (/[A-Za-z0-9"]/.test(delimiter)) bad(`Delimiter '${delimiter}' must not be alphanumeric or ".`);
  if (delimiter !== '\t' && !/^[ -~]$/.test(delimiter))
    bad(`Delimiter (code ${delimiter.charCodeAt(0)}) must be printable.`);
  return delimiter;
}
