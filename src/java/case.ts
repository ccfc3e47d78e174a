/** StringUtils.capitalize of Apache Commons: the first character in title case (Character.toTitleCase), the rest as it is. */
export function capitalize(text: string): string {
  const first = text.codePointAt(0);
  if (first === undefined) return text;
  const char = String.fromCodePoint(first);
  return titleCase(char, first) + text.slice(char.length);
}

/** Java maps one character to one: what would become two letters (`ß`) stays. */
function titleCase(char: string, code: number): string {
  const digraph = DIGRAPHS.find((first) => code >= first && code <= first + 2);
  if (digraph !== undefined) return String.fromCharCode(digraph + 1);
  // Georgian has capitals for whole words only.
  if (code >= 0x10d0 && code <= 0x10ff) return char;
  const upper = char.toUpperCase();
  return upper.length === char.length ? upper : char;
}

/** DŽ, LJ, NJ, DZ: upper, title and lower case side by side. */
const DIGRAPHS = [0x1c4, 0x1c7, 0x1ca, 0x1f1];
