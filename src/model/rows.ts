/** A file of rows as it is to be opened: by this process, or by the one that gathers the rows of all shards. */
export interface RowsFile {
  /** As it was asked for, for what is told of it. */
  readonly name: string;
  /** Absolute. */
  readonly path: string;
  /**
   * What becomes of what is there: a CSV is added to, and then has its header; XML is cut before its closing tag; `new` is
   * emptied, `more` added to, and both begin with their header whatever is there.
   */
  readonly opens: 'csv' | 'xml' | 'new' | 'more';
  /** Whether a file that exists is deleted first. */
  readonly anew: boolean;
  readonly begin: string;
  readonly end: string;
}

/** Where the rows of a file go. */
export interface RowOutput {
  /** Takes whole rows, those of so many events; throws when it cannot. */
  write(rows: Uint8Array, events: number): void;
  /** After a write that failed: what is there ends with a whole row again. */
  cut(): void;
  /** Throws when it cannot. */
  close(): void;
}

/** Takes the rows of a file to whoever gathers them. */
export type CarryRows = (file: RowsFile) => RowOutput;
