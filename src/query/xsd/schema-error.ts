interface Facts {
  readonly line?: number | undefined;
  readonly column?: number | undefined;
  /** The schema document is not well-formed. */
  readonly fatal?: boolean | undefined;
  /** It is this program that cannot, not the schema that is wrong. */
  readonly unsupported?: boolean | undefined;
}

/** A schema that cannot be used: what Xerces says of it, or the construct that is not built in. */
export class SchemaError extends Error {
  readonly line: number | undefined;
  readonly column: number | undefined;
  readonly fatal: boolean;
  readonly unsupported: boolean;

  constructor(message: string, { line, column, fatal = false, unsupported = false }: Facts = {}) {
    super(message);
    this.name = 'SchemaError';
    this.line = line;
    this.column = column;
    this.fatal = fatal;
    this.unsupported = unsupported;
  }
}
