export type LogLevel = 'DEBUG' | 'INFO' | 'WARN' | 'ERROR';

/** The run log. `category` is JMeter's short class name, e.g. `o.a.j.t.JMeterThread`. */
export interface Log {
  /** Lets callers skip building a text nobody reads. */
  enabled(level: LogLevel): boolean;
  write(level: LogLevel, category: string, text: string): void;
}
