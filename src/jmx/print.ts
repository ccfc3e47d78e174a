import { encodeText } from './bytes.js';
import { type Newline, spellIndent, spellOpen, spellText } from './spelling.js';
import type { XmlElement } from './xml.js';

/** A plan file: its XML, and what stands around it. */
export interface Printable {
  readonly root: XmlElement;
  readonly prolog: string;
  readonly epilog: string;
  readonly newline: Newline;
}

/** The bytes of a document: those it was read from, or what JMeter 5.6.3 writes for one that was built. */
export function printDocument(document: Printable): Buffer {
  const { root, prolog, epilog, newline } = document;
  return encodeText(prolog + printXml(root, { newline }) + epilog);
}

/** The text of an element, `depth` levels down, without a line end behind it. */
export function printXml(
  element: XmlElement,
  options: { readonly newline?: Newline; readonly depth?: number } = {},
): string {
  const parts: string[] = [];
  print(element, options.depth ?? 0, options.newline ?? '\n', parts);
  return parts.join('');
}

function print(element: XmlElement, depth: number, newline: Newline, into: string[]): void {
  const { tag, children, text, raw } = element;
  const open = raw?.open ?? spellOpen(tag, element.attributes, children.length === 0 && text === '');
  into.push(open);
  if (open.endsWith('/>')) return;
  const between = raw?.between;
  if (children.length === 0) into.push(between?.[0] ?? spellText(text, newline));
  else {
    // A text that XStream would drop: only trees built by hand have one.
    if (!between && text.trim() !== '') into.push(spellText(text, newline));
    for (const [i, child] of children.entries()) {
      into.push(between?.[i] ?? spellIndent(depth + 1, newline));
      print(child, depth + 1, newline, into);
    }
    into.push(between?.[children.length] ?? spellIndent(depth, newline));
  }
  into.push(raw?.close ?? `</${tag}>`);
}
