import { JavaError } from '../../java/index.js';
import type { Sample } from '../../model/index.js';

/** Makes a sample say what went wrong, as HTTPSamplerBase.errorResult does; exceptions that are not Java's are ours and pass. */
export function setError(sample: Sample, error: unknown): Sample {
  if (!(error instanceof JavaError)) throw error;
  sample.dataType = 'text';
  // JMeter has a stack trace there.
  sample.setText(`${error}\n\tat meterless\n`);
  sample.code = `Non HTTP response code: ${error.javaClass}`;
  sample.message = `Non HTTP response message: ${error.hasMessage ? error.message : 'null'}`;
  sample.success = false;
  return sample;
}
