/** Parses the text of a .properties file into pairs in file order; throws on a broken \u escape. */
export function parseProperties(text: string): readonly (readonly [name: string, value: string])[] {
  return logicalLines(text).map(split);
}

/** A `\u` without four hexadecimal digits. */
export class BrokenEscape extends Error {}

/** Comments and blank lines left out, continued lines joined; blanks at the start of each line do not count. */
function logicalLines(text: string): readonly string[] {
  const lines: string[] = [];
  let open: string | undefined;
  for (const natural of text.split(/\r\n|\n|\r/)) {
    const line = natural.replace(/^[ \t\f]+/, '');
    if (open === undefined && (line === '' || line.startsWith('#') || line.startsWith('!'))) continue;
    const whole: string = (open ?? '') + line;
    // An odd number of backslashes at the end of a natural line joins the next one.
    const continued = (/\\+$/.exec(line)?.[0].length ?? 0) % 2 === 1;
    if (continued) open = whole.slice(0, -1);
    else {
      lines.push(whole);
      open = undefined;
    }
  }
  if (open !== undefined && open !== '') lines.push(open);
  return lines;
}

const KEY = /^((?:\\.|[^\\=: \t\f])*)[ \t\f]*[=:]?[ \t\f]*/s;

function split(line: string): readonly [string, string] {
  const match = KEY.exec(line);
  const key = match?.[1] ?? '';
  return [unescaped(key), unescaped(line.slice(match?.[0].length ?? 0))];
}

const CONTROLS: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', f: '\f' };

function unescaped(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(/\\(?:u(.{0,4})|(.)|$)/gs, (_, hex: string | undefined, one: string | undefined) => {
    if (hex === undefined) return CONTROLS[one ?? ''] ?? one ?? '';
    if (!/^[0-9a-fA-F]{4}$/.test(hex)) throw new BrokenEscape('malformed \\uxxxx encoding');
    return String.fromCharCode(Number.parseInt(hex, 16));
  });
}
