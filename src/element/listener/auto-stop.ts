import { toDouble, toInt } from '../../java/index.js';
import { element, type Named, prop, type Sample, type Test } from '../../model/index.js';
import { Histogram } from '../../result/index.js';

const props = {
  /** Milliseconds; 0 or no number = not looked at. The lengths are seconds. */
  time: prop.text('avg_response_time'),
  timeLength: prop.text('avg_response_time_length'),
  latency: prop.text('avg_response_latency'),
  latencyLength: prop.text('avg_response_latency_length'),
  /** Percent. */
  errors: prop.text('error_rate'),
  errorsLength: prop.text('error_rate_length'),
  percentileTime: prop.text('percentile_response_time'),
  percentileLength: prop.text('percentile_response_time_secs'),
  percentile: prop.text('percentile_value'),
};
type Values = Named<typeof props>;

/** jp@gc - AutoStop Listener: ends the test at once when averages stay above a limit for some seconds (plug-in 0.3). */
export const autoStop = element({
  tag: 'kg.apc.jmeter.reporters.AutoStop',
  gui: 'kg.apc.jmeter.reporters.AutoStopGui',
  call: 'stop.automatically',
  looksAtData: false,
  props,
  // No version reads it.
  ignored: ['custom_validation_duration'],
  testStarted(values, { test }, self) {
    test.state(self, () => new Watch(values));
  },
  listen(values, { sample, user: { test } }, self) {
    test.state(self, () => new Watch(values)).hear(sample, test);
  },
});

/** One limit, and since when it is kept. */
class Limit {
  #kept = 0;
  constructor(
    private readonly limit: number,
    private readonly length: number,
    private readonly words: string,
  ) {}

  /** The announcement when the value has been above the limit for long enough. */
  broken(value: number, second: number): string | undefined {
    if (!(this.limit > 0)) return undefined;
    if (value > this.limit) return second - this.#kept >= this.length ? this.words : undefined;
    this.#kept = second;
    return undefined;
  }
}

class Watch {
  readonly #time: Limit;
  readonly #latency: Limit;
  readonly #errors: Limit;
  readonly #slowest: Limit;
  readonly #percentile: number;
  /** Of the first samples of each second alone, as there. */
  readonly #times = new Histogram();
  #slow = 0;
  #second = 0;
  #samples = 0;
  #sumOfTimes = 0;
  #sumOfLatencies = 0;
  #failed = 0;

  constructor(values: Values) {
    const { time, latency, errors, percentileTime, percentile } = values;
    const limit = (text: string, length: string, words: string): Limit =>
      new Limit(toInt(text) ?? 0, seconds(length), `${words} more than ${text} for ${length}s. Auto-shutdown test...`);
    this.#time = limit(time, values.timeLength, 'Average Response Time is');
    this.#latency = limit(latency, values.latencyLength, 'Average Latency Time is');
    const { errorsLength } = values;
    const words = `Error rate more than ${errors} for ${errorsLength}s. Auto-shutdown test...`;
    this.#errors = new Limit((toDouble(errors) ?? 0) / 100, seconds(errorsLength), words);
    const share = Math.fround((toDouble(percentile) ?? 0) / 100);
    this.#percentile = share > 0 ? share : 1;
    this.#slowest = limit(percentileTime, values.percentileLength, `${this.#percentile}Percentile Response`);
  }

  hear(sample: Sample, test: Test): void {
    const second = Math.floor(test.clock.now() / 1000);
    if (second !== this.#second) this.#turn(second, sample, test);
    this.#samples++;
    this.#sumOfTimes += sample.elapsed;
    this.#sumOfLatencies += sample.latency;
    if (!sample.success) this.#failed++;
  }

  /** The first sample of a new second judges the last one that had samples. */
  #turn(second: number, sample: Sample, test: Test): void {
    const average = (sum: number): number => (this.#samples === 0 ? 0 : sum / this.#samples);
    this.#times.record(sample.elapsed);
    for (const words of [
      this.#time.broken(average(this.#sumOfTimes), second),
      this.#latency.broken(average(this.#sumOfLatencies), second),
      this.#errors.broken(average(this.#failed), second),
      this.#slowest.broken(this.#slow, second),
    ])
      if (words !== undefined) stop(words, test);
    this.#second = second;
    this.#samples = this.#sumOfTimes = this.#sumOfLatencies = this.#failed = 0;
    this.#slow = this.#times.percentile(this.#percentile * 100);
  }
}

/** The plug-in sends `StopTestNow` to JMeter's shutdown port. */
function stop(words: string, test: Test): void {
  test.log.write('INFO', 'k.a.j.r.AutoStop', words);
  test.print?.(`AutoStop - ${words}`);
  test.stopNow();
}

function seconds(text: string): number {
  const length = toInt(text) ?? 0;
  return length > 0 ? length : 1;
}
