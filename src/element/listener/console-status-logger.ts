import { element, type Sample, type Test } from '../../model/index.js';

/** jp@gc - Console Status Logger: a line on the console for each second in which a sample ended (plug-in csl 0.1). */
export const consoleStatusLogger = element({
  tag: 'kg.apc.jmeter.reporters.ConsoleStatusLogger',
  gui: 'kg.apc.jmeter.reporters.ConsoleStatusLoggerGui',
  call: 'record.console',
  looksAtData: false,
  props: {},
  listen(_, { sample, user: { test } }, self) {
    test.state(self, () => new Status()).hear(sample, test);
  },
});

/** The second that runs; it is told with the first sample of a later one, so the last one never is. */
class Status {
  #second = 0;
  #begin = 0;
  #threads = 0;
  #samples = 0;
  #elapsed = 0;
  #latency = 0;
  #errors = 0;

  hear(sample: Sample, test: Test): void {
    const second = Math.floor(test.clock.now() / 1000);
    if (second !== this.#second && this.#samples > 0) {
      if (this.#second === 0) this.#begin = second;
      test.print?.(this.#line(second, test.totalUsers ?? 0));
      this.#samples = this.#elapsed = this.#latency = this.#errors = 0;
      this.#second = second;
    }
    this.#samples++;
    this.#elapsed += sample.elapsed;
    this.#latency += sample.latency;
    if (!sample.success) this.#errors++;
    this.#threads = sample.allThreads;
  }

  #line(second: number, total: number): string {
    const average = (sum: number): number => Math.trunc(sum / this.#samples);
    return [
      `#${second - this.#begin}`,
      `Threads: ${this.#threads}/${total}`,
      `Samples: ${this.#samples}`,
      `Latency: ${average(this.#latency)}`,
      `Resp.Time: ${average(this.#elapsed)}`,
      `Errors: ${this.#errors}`,
    ].join('\t');
  }
}
