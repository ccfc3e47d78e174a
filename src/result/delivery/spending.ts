/** What one process spent. */
export interface Spent {
  /** Seconds of CPU since the last report. */
  readonly cpuSeconds: number;
  /** Bytes of memory now. */
  readonly memory: number;
  /** Sockets of MQTT sessions: the most since the last report. */
  readonly sockets: number;
  /** Bytes of MQTT packets since the last report. */
  readonly received: number;
  readonly sent: number;
}

/** What all processes of a run spent. */
export class Spending {
  cpuSeconds = 0;
  peakMemory = 0;
  peakSockets = 0;
  received = 0;
  sent = 0;
  readonly #now = new Map<number, Spent>();

  absorb(from: number, spent: Spent): void {
    this.cpuSeconds += spent.cpuSeconds;
    this.received += spent.received;
    this.sent += spent.sent;
    this.#now.set(from, spent);
    this.peakMemory = Math.max(this.peakMemory, this.memory);
    this.peakSockets = Math.max(this.peakSockets, this.sockets);
  }

  get memory(): number {
    return [...this.#now.values()].reduce((sum, { memory }) => sum + memory, 0);
  }
  get sockets(): number {
    return [...this.#now.values()].reduce((sum, { sockets }) => sum + sockets, 0);
  }
}
