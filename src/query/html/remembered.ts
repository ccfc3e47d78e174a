/** What was made of the last few texts: extractors and assertions ask for the same ones again. */
export class Remembered<T> {
  readonly #made = new Map<string, T>();

  constructor(
    private readonly make: (text: string) => T,
    private readonly limit = 1,
  ) {}

  /** Throws what making it throws, each time. */
  of(text: string): T {
    const known = this.#made.get(text);
    if (known !== undefined) return known;
    const made = this.make(text);
    if (this.#made.size >= this.limit)
      for (const oldest of this.#made.keys()) {
        this.#made.delete(oldest);
        break;
      }
    this.#made.set(text, made);
    return made;
  }
}
