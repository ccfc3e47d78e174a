/** Where timeouts come from. */
export interface Alarms {
  /** Milliseconds, never going back. */
  now(): number;
  after(ms: number, callback: () => void): { cancel(): void };
}

/** Who waits for the line. */
export interface Waiter {
  /** Tries again; true when the wait is over. */
  again(): boolean;
  /** The wait is over, with this. */
  failed(error: Error): void;
  /** Bytes that Java's read would ask its stream for next. */
  asks?(): number;
}
