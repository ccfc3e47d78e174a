/** What a row of a results file says of a sample, as far as reports need it. */
export interface JtlSample {
  readonly label: string;
  readonly threadName: string;
  /** Epoch ms. */
  readonly startTime: number;
  readonly endTime: number;
  /** Milliseconds. */
  readonly elapsed: number;
  readonly success: boolean;
  readonly bytes: number;
  readonly sentBytes: number;
  readonly sampleCount: number;
  readonly errorCount: number;
}

/** What a reader of rows tells. */
export interface JtlListener {
  sample(sample: JtlSample): void;
  /** A row that says no sample; the line where it begins, from 1. */
  unreadable(line: number): void;
}

/** Takes a results file as text, piece by piece. */
export interface JtlReader {
  push(text: string): void;
  /** What was pushed is all. */
  end(): void;
}
