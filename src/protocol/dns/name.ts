/** Labels of a name, from the left; the root has none. */
export interface Name {
  readonly labels: readonly Buffer[];
  /** Whether it ends with a dot. */
  readonly absolute: boolean;
}

const LONGEST_LABEL = 63;
const LONGEST = 255;

/** A name as it is written: `\.` and `\123` are characters; undefined = it is none. */
export function parseName(text: string): Name | undefined {
  if (text === '@') return { labels: [], absolute: false };
  if (text === '.') return { labels: [], absolute: true };
  const labels: Buffer[] = [];
  let bytes: number[] = [];
  for (let rest = text; rest !== ''; ) {
    const found = CHARACTER.exec(rest);
    if (found === null) return undefined;
    const [whole, digits, escaped, plain] = found;
    rest = rest.slice(whole.length);
    if (plain === '.') {
      if (bytes.length === 0 || bytes.length > LONGEST_LABEL) return undefined;
      labels.push(Buffer.from(bytes));
      bytes = [];
      continue;
    }
    const byte = digits === undefined ? (escaped ?? plain ?? '').charCodeAt(0) & 0xff : Number(digits);
    if (byte > 255) return undefined;
    bytes.push(byte);
  }
  const absolute = bytes.length === 0;
  if (bytes.length > LONGEST_LABEL) return undefined;
  if (!absolute) labels.push(Buffer.from(bytes));
  const size = labels.reduce((sum, label) => sum + label.length + 1, 1);
  return text === '' || size > LONGEST ? undefined : { labels, absolute };
}

const CHARACTER = /^(?:\\(\d{3})|\\(\D)|([^\\]))/s;

/** A name as it is shown. */
export function nameText({ labels, absolute }: Name): string {
  const text = labels.map(labelText).join('.');
  return text === '' ? (absolute ? '.' : '@') : absolute ? `${text}.` : text;
}

const SPECIAL = new Set([...'"().;\\@$'].map((char) => char.charCodeAt(0)));

const labelText = (label: Buffer): string =>
  [...label]
    .map((byte) =>
      byte <= 0x20 || byte >= 0x7f ? decimal(byte) : (SPECIAL.has(byte) ? '\\' : '') + String.fromCharCode(byte),
    )
    .join('');

/** `\007`. */
export const decimal = (byte: number): string => `\\${String(byte).padStart(3, '0')}`;
