import { toInt } from '../java/index.js';

/** JMeter's properties, global to a run; an undefined one falls back to the system property of that name. */
export class Properties {
  readonly #jmeter = new Map<string, string>();
  readonly system = new Map<string, string>();
  /** Hears what the run changes; undefined = removed. */
  onChange: ((name: string, value: string | undefined) => void) | undefined;

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
    this.onChange?.(name, value);
    return before;
  }
  remove(name: string): void {
    this.#jmeter.delete(name);
    this.onChange?.(name, undefined);
  }
  /** A change that all shards make, or that another one made: nobody hears of it. */
  setHere(name: string, value: string | undefined): void {
    if (value === undefined) this.#jmeter.delete(name);
    else this.#jmeter.set(name, value);
  }
  has(name: string): boolean {
    return this.get(name) !== undefined;
  }
  entries(): IterableIterator<[string, string]> {
    return this.#jmeter.entries();
  }
}
