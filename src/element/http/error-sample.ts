import { JavaError } from '../../java/index.js';
import { type Sample, StopTest, StopTestNow, StopThread } from '../../model/index.js';
import { stackTrace, type Thrown } from './stack-trace.js';

/** Makes a sample say what went wrong, as HTTPSamplerBase.errorResult does; exceptions that are not Java's are ours and pass. */
export function setError(sample: Sample, failure: unknown, thrown?: Thrown): Sample {
  const error = asJava(failure);
  sample.dataType = 'text';
  sample.setText(stackTrace(error, thrown));
  sample.code = `Non HTTP response code: ${error.javaClass}`;
  sample.message = `Non HTTP response message: ${error.hasMessage ? error.message : 'null'}`;
  sample.success = false;
  return sample;
}

/** Even an exception that would stop the thread or the test is only an error of the sample here. */
function asJava(failure: unknown): JavaError {
  if (failure instanceof JavaError) return failure;
  if (failure instanceof StopThread || failure instanceof StopTest || failure instanceof StopTestNow)
    return new JavaError(failure.javaClass, failure.message);
  throw failure;
}
