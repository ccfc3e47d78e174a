import type { Source } from './source.js';
import { spellIndent, spellOpen, spellText } from './spelling.js';
import type { RawSpelling, XmlElement } from './xml.js';

/** An element whose end has not been met yet; positions, so that nothing is cut out that is not needed. */
export class Open {
  readonly children: XmlElement[] = [];
  /** Where each piece between the child elements starts and ends, in pairs. */
  readonly gaps: number[] = [];
  text = '';
  /** Where the text since the open tag or the last child starts. */
  since: number;

  constructor(
    readonly tag: string,
    readonly attributes: ReadonlyMap<string, string>,
    readonly start: number,
    readonly openEnd: number,
    readonly line: number,
    readonly column: number,
  ) {
    this.since = openEnd;
  }
}

/**
 * What of an element XStream would have written otherwise; undefined when nothing. The close tag stands from `close` to
 * `end`, nowhere (`close` = `end`) when the element closes itself; `depth` elements are around it.
 */
export function rawSpelling(
  source: Source,
  element: Open,
  closeTag: { readonly close: number; readonly end: number },
  depth: number,
): RawSpelling | undefined {
  const { tag, attributes, children, text, start, openEnd } = element;
  const { close, end } = closeTag;
  const openDiffers = !source.says(spellOpen(tag, attributes, children.length === 0 && text === ''), start, openEnd);
  const betweenDiffers = differsBetween(source, element, depth);
  const closeDiffers = close !== end && !source.says(`</${tag}>`, close, end);
  if (!openDiffers && !betweenDiffers && !closeDiffers) return undefined;
  return {
    ...(openDiffers && { open: source.text.slice(start, openEnd) }),
    ...(betweenDiffers && { between: pieces(source.text, element.gaps) }),
    ...(closeDiffers && { close: source.text.slice(close, end) }),
  };
}

function differsBetween(source: Source, { children, gaps, text }: Open, depth: number): boolean {
  const [from, to] = gaps;
  if (from === undefined || to === undefined) return false;
  if (children.length === 0) return !source.says(spellText(text, source.newline), from, to);
  for (let i = 0; i <= children.length; i++) {
    const indent = spellIndent(i < children.length ? depth + 1 : depth, source.newline);
    if (!source.says(indent, gaps[2 * i] ?? 0, gaps[2 * i + 1] ?? 0)) return true;
  }
  return false;
}

function pieces(text: string, gaps: readonly number[]): string[] {
  const found: string[] = [];
  for (let i = 0; i < gaps.length; i += 2) found.push(text.slice(gaps[i], gaps[i + 1]));
  return found;
}
