import { JavaError } from '../../java/index.js';
import type { Sample } from '../../model/index.js';
import { stackTrace, type Thrown } from './stack-trace.js';

/** Makes a sample say what went wrong, as HTTPSamplerBase.errorResult does; exceptions that are not Java's are ours and pass. */
export function setError(sample: Sample, error: unknown, thrown?: Thrown): Sample {
  if (!(error instanceof JavaError)) throw error;
  sample.dataType = 'text';
  sample.setText(stackTrace(error, thrown));
  sample.code = `Non HTTP response code: ${error.javaClass}`;
  sample.message = `Non HTTP response message: ${error.hasMessage ? error.message : 'null'}`;
  sample.success = false;
  return sample;
}
