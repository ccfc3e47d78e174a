/** Time as the engine sees it; tests hand in a simulated one. */
export interface Clock {
  /** Milliseconds since the epoch, whole, never going back. */
  now(): number;
  /** Calls back after at least `ms` (0 = as soon as others had a turn). */
  after(ms: number, callback: () => void): Alarm;
}
/** A pending call of {@link Clock.after}. */
export interface Alarm {
  cancel(): void;
}
