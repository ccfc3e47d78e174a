import fs from 'node:fs';
import path from 'node:path';
import { JavaError } from '../../java/index.js';
import { element, type Named, prop, type Sample, type SampleEvent, type Test } from '../../model/index.js';
import { reasonOf } from '../../problem.js';
import { isTransaction, makeFolder } from '../../result/index.js';

const props = {
  /** The beginning of the names; `~/` = relative to the plan. */
  prefix: prop.text('FileSaver.filename'),
  /** Gets the name of the sample's file; those of sub-samples get their number behind it. */
  variable: prop.text('FileSaver.variablename'),
  digits: prop.int('FileSaver.numberPadLen'),
  onlyErrors: prop.flag('FileSaver.errorsonly'),
  onlySuccesses: prop.flag('FileSaver.successonly'),
  withoutNumber: prop.flag('FileSaver.skipautonumber'),
  withoutSuffix: prop.flag('FileSaver.skipsuffix'),
  /** Whether the names hold the start of the test. */
  stamped: prop.flag('FileSaver.addTimstamp'),
  ignoreTransactions: prop.flag('FileSaver.ignoreTC', true),
};
type Values = Named<typeof props>;

/** Saves the response of each sample, and of its sub-samples, to a file of its own (ResultSaver 5.6.3). */
export const resultSaver = element({
  tag: 'ResultSaver',
  gui: 'ResultSaverGui',
  call: 'record.responses',
  props,
  // The files are numbered.
  shards: ({ withoutNumber }) => (withoutNumber ? undefined : 'alone'),

  testStarted(values, { test }, self) {
    const { digits } = values;
    const stamp = values.stamped ? stampOf(test.clock.now()) : '';
    test.state(self, () => new Saver(digits, stamp));
  },
  listen(values, event, self) {
    event.user.test.state(self, () => new Saver(0, '')).save(values, event);
  },
});

/** `yyyyMMdd-HHmm_` of the local time. */
function stampOf(now: number): string {
  const date = new Date(now);
  const two = (n: number): string => String(n).padStart(2, '0');
  const day = `${date.getFullYear()}${two(date.getMonth() + 1)}${two(date.getDate())}`;
  return `${day}-${two(date.getHours())}${two(date.getMinutes())}_`;
}

class Saver {
  #last = 0;

  constructor(
    private readonly digits: number,
    private readonly stamp: string,
  ) {}

  save(values: Values, event: SampleEvent): void {
    let place = 0;
    const walk = (sample: Sample): void => {
      this.#one(sample, place++, values, event);
      for (const sub of sample.subSamples ?? []) walk(sub);
    };
    walk(event.sample);
  }

  /** A sample that is left out takes no number, but its place among the sub-samples. */
  #one(sample: Sample, place: number, values: Values, { user }: SampleEvent): void {
    if (values.ignoreTransactions && isTransaction(sample)) return;
    if (sample.success ? values.onlyErrors : values.onlySuccesses) return;
    const name = this.#name(sample, values, user.test);
    sample.fileName = name;
    const { variable } = values;
    if (variable !== '') user.variables.put(place > 0 ? variable + place : variable, name);
    write(path.resolve(user.test.workingDirectory, name), sample, user.test);
  }

  #name({ contentType }: Sample, values: Values, test: Test): string {
    const { prefix } = values;
    const basePrefix = test.properties.get('jmeter.save.saveservice.base_prefix', '~/');
    let name = prefix.startsWith(basePrefix)
      ? path.resolve(test.planDirectory, prefix.slice(basePrefix.length))
      : prefix;
    name += this.stamp;
    if (!values.withoutNumber) name += String(++this.#last).padStart(this.digits, '0');
    return values.withoutSuffix ? name : `${name}.${subtype(contentType)}`;
  }
}

/** `html` of `text/html;charset=utf-8`. */
function subtype(contentType: string): string {
  const slash = contentType.indexOf('/');
  if (slash < 0) return 'unknown';
  const end = contentType.indexOf(';');
  if (end >= 0 && end < slash + 1) throw new JavaError('java.lang.StringIndexOutOfBoundsException', contentType);
  return end < 0 ? contentType.slice(slash + 1) : contentType.slice(slash + 1, end);
}

/** A file that cannot be written is an error in the log, a folder that cannot be made ends this listener's work. */
function write(file: string, sample: Sample, { log }: Test): void {
  try {
    makeFolder(path.dirname(file));
  } catch {
    const why = `Cannot create path hierarchy for folder ${path.dirname(file)}`;
    throw new JavaError('org.apache.jorphan.util.JMeterStopTestNowException', why);
  }
  try {
    fs.writeFileSync(file, sample.data);
  } catch (error) {
    log.write('ERROR', 'o.a.j.r.ResultSaver', `Error creating sample file for ${sample.label}: ${reasonOf(error)}`);
  }
}
