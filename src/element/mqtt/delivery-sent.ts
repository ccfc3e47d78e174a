import type { Publications } from '../../result/index.js';

/** What was published since the last report. */
export class Sent {
  readonly #indexes = new Map<string, number>();
  readonly publications: Writable = { topics: [], topic: [], qos: [], at: [] };

  add(name: string, level: number, time: number): void {
    const { topics, topic, qos, at } = this.publications;
    let index = this.#indexes.get(name);
    if (index === undefined) {
      index = topics.push(name) - 1;
      this.#indexes.set(name, index);
    }
    topic.push(index);
    qos.push(level);
    at.push(time);
  }
}

type Writable = { readonly [key in keyof Publications]: Publications[key][number][] };
