/** Puts a style around a line, or nothing where there is no colour. */
export interface Paint {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
}

/** Escape sequences of a terminal, or the texts as they are. */
export function painter(color: boolean): Paint {
  const code = (on: number, off: number) => (text: string) =>
    color ? `\x1b[${on}m${text.trimEnd()}\x1b[${off}m` : text;
  return { bold: code(1, 22), dim: code(2, 22), red: code(31, 39) };
}
