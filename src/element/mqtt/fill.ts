import type { Sample } from '../../model/index.js';

/** Code, message and data of a result. */
export function fill(sample: Sample, code: string, message: string, data: string): Sample {
  sample.code = code;
  sample.message = message;
  sample.setText(data);
  return sample;
}
