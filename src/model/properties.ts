import { toInt } from '../java/index.js';

/** JMeter's properties, global to a run; an undefined one falls back to the system property of that name. */
export class Properties {
  readonly #jmeter = new Map<string, string>();
  readonly system = new Map<string, string>();

  get(name: string): string | undefined;
  get(name: string, fallback: string): string;
  get(name: string, fallback?: string): string | undefined {
    return this.#jmeter.get(name) ?? this.system.get(name) ?? fallback;
  }

  /** The integer, trimmed; the fallback when absent or no integer. */
  int(name: string, fallback: number): number {
    const text = this.get(name);
    return text === undefined ? fallback : (toInt(text.trim()) ?? fallback);
  }

  /** true/t/false/f in any case, else the integer 1 is true (JMeterUtils.getPropDefault). */
  flag(name: string, fallback: boolean): boolean {
    const text = this.get(name)?.trim().toLowerCase();
    if (text === undefined) return fallback;
    if (text === 'true' || text === 't') return true;
    if (text === 'false' || text === 'f') return false;
    const n = toInt(text);
    return n === undefined ? fallback : n === 1;
  }

  /** Gives the value before; undefined when only the system had one. */
  set(name: string, value: string): string | undefined {
    const before = this.#jmeter.get(name);
    this.#jmeter.set(name, value);
    return before;
  }
  remove(name: string): void {
    this.#jmeter.delete(name);
  }
  has(name: string): boolean {
    return this.get(name) !== undefined;
  }
  entries(): IterableIterator<[string, string]> {
    return this.#jmeter.entries();
  }
}
