import { type Awaitable, Sample, type User } from '../../model/index.js';
import { attempt } from './attempt.js';

/** What script samplers do differently around their script. */
interface ScriptSample {
  readonly name: string;
  readonly samplerData: string;
  run(sample: Sample): unknown;
  /** The script's value, when it has one. */
  value(sample: Sample, value: unknown): void;
  /** Logs what was thrown and gives the sample's message. */
  failed(error: unknown): string;
}

/** A sample around a script: text, 200 and OK unless the script says otherwise, 500 when it fails. */
export function scriptSample(of: ScriptSample, user: User): Awaitable<Sample> {
  const { clock } = user.test;
  const sample = new Sample();
  sample.label = of.name;
  sample.ok();
  sample.dataType = 'text';
  sample.samplerData = of.samplerData;
  sample.start(clock.now());
  // A script may have ended the sample itself.
  const ended = (): Sample => {
    if (sample.endTime === 0) sample.end(clock.now());
    return sample;
  };
  return attempt(
    () => of.run(sample),
    (value) => {
      if (value !== null && value !== undefined) of.value(sample, value);
      return ended();
    },
    (error) => {
      sample.success = false;
      sample.code = '500';
      sample.message = of.failed(error);
      return ended();
    },
  );
}

/** The value becomes the data, whatever was there. */
export const asData = (sample: Sample, value: unknown): void => sample.setText(String(value));

/** What JSR223 and BSF samplers show as their request. */
export const fileOrScript = ({ filename, script }: { readonly filename: string; readonly script: string }): string =>
  filename === '' ? script : `File: ${filename}`;
