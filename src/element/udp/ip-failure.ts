import type { Sample } from '../../model/index.js';

/** The result of an exchange that threw, at epoch ms `now` (AbstractIPSampler, the parent of UDP Request and HTTP Raw Request). */
export function failExchange(sample: Sample, error: Error, now: number): void {
  sample.end(now);
  sample.success = false;
  sample.code = '500';
  sample.message = `${error}`;
  // The plugin puts a stack trace there.
  sample.setText(`${error}\r\n${error}\n\tat meterless\n`);
}
