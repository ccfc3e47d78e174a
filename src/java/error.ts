/** A Java exception that JMeter would have shown: `toString()` prints `class: message`, as the JTL has it. */
export class JavaError extends Error {
  constructor(
    readonly javaClass: string,
    message?: string,
  ) {
    super(message ?? '');
    this.name = 'JavaError';
    this.hasMessage = message !== undefined;
  }
  readonly hasMessage: boolean;
  override toString(): string {
    return this.hasMessage ? `${this.javaClass}: ${this.message}` : this.javaClass;
  }
}

/** `java.lang.NumberFormatException: For input string: "abc"`. */
export const numberFormat = (text: string): JavaError =>
  new JavaError(
    'java.lang.NumberFormatException',
    text === '' ? 'For input string: ""' : `For input string: "${text}"`,
  );
