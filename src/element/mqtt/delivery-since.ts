import {
  DeliveryFigures,
  type DeliveryPart,
  type Publications,
  type Spent,
  type SubscriptionChange,
} from '../../result/index.js';

type Writable = { readonly [key in keyof Publications]: Publications[key][number][] };

/** What a process has of the delivery since its last report. */
export class Since {
  readonly figures: DeliveryFigures;
  readonly changes: SubscriptionChange[] = [];
  /** Bytes of MQTT packets. */
  received = 0;
  sent = 0;
  readonly #publications: Writable = { topics: [], topic: [], qos: [], at: [] };
  readonly #indexes = new Map<string, number>();

  constructor(
    grouped: boolean,
    /** The most that there were. */
    public sockets: number,
  ) {
    this.figures = new DeliveryFigures(grouped);
  }

  published(name: string, level: number, time: number): void {
    const { topics, topic, qos, at } = this.#publications;
    let index = this.#indexes.get(name);
    if (index === undefined) {
      index = topics.push(name) - 1;
      this.#indexes.set(name, index);
    }
    topic.push(index);
    qos.push(level);
    at.push(time);
  }

  part(from: number, until: number, { cpuSeconds, memory }: Pick<Spent, 'cpuSeconds' | 'memory'>): DeliveryPart {
    const { changes, sockets, received, sent } = this;
    const spent = { cpuSeconds, memory, sockets, received, sent };
    return { from, until, figures: this.figures.part(), changes, publications: this.#publications, spent };
  }
}
