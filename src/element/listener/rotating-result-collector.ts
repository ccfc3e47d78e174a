import { toInt } from '../../java/index.js';
import { element, type Named, prop, type SampleEvent, type User } from '../../model/index.js';
import { Collector, collectorProps, isWanted } from './collector.js';

const props = { ...collectorProps, most: prop.text('maxSamplesCount') };
type Values = Named<typeof props>;

/** bzm - Rotating JTL Listener: after so many samples it goes on in a new file, `res.jtl`, `res.1.jtl`, `res.2.jtl`. */
export const rotatingResultCollector = element({
  tag: 'com.blazemeter.jmeter.RotatingResultCollector',
  gui: 'com.blazemeter.jmeter.RotatingResultCollectorGui',
  call: 'record.rotating',
  props,
  ignored: ['*'],
  shards: 'alone',

  testStarted(values, user, self) {
    rotationOf(self, values, user).open(user);
  },
  listen(values, event, self) {
    rotationOf(self, values, event.user).write(event, isWanted(values, event.sample.success));
  },
  testEnded(values, user, self) {
    rotationOf(self, values, user).close();
  },
});

const rotationOf = (self: object, { file, save, most }: Values, { test }: User): Rotation =>
  test.state(self, () => new Rotation({ file, save }, toInt(most)));

type File = Parameters<Collector['open']>[0];

class Rotation {
  readonly #collector = new Collector();
  #count = 0;
  #name: string;

  constructor(
    private readonly first: File,
    /** Undefined for what is no number: one file takes all. */
    private readonly most: number | undefined,
  ) {
    this.#name = first.file;
  }

  open(user: User): void {
    if (this.#name !== '') this.#collector.open({ file: this.#name, save: this.first.save }, user);
  }

  /** A file that is full makes room with the next sample, wanted or not. */
  write(event: SampleEvent, wanted: boolean): void {
    if (this.most !== undefined && this.#count >= this.most) {
      this.#collector.close();
      this.#name = nextName(this.#name, this.first.file);
      this.#count = 0;
      this.open(event.user);
    }
    if (!wanted) return;
    this.#collector.write(event);
    this.#count++;
  }

  close(): void {
    this.#collector.close();
  }
}

/** The parts between the dots decide, those of the folders too: `my.logs/res` is a name with an ending (as there). */
export function nextName(name: string, original: string): string {
  const parts = name.split('.');
  const last = parts.length - 1;
  const counted = (i: number): boolean => {
    const number = toInt(parts[i] ?? '');
    if (number !== undefined) parts[i] = String(number + 1);
    return number !== undefined;
  };
  if (parts.length > 2) {
    if (!counted(last - 1)) parts[last] = `1.${parts[last]}`;
  } else if (parts.length === 2 && !original.includes('.')) {
    if (!counted(last)) parts[last] += '.1';
  } else parts[last] = parts.length === 2 ? `1.${parts[last]}` : `${parts[last]}.1`;
  return parts.join('.');
}
