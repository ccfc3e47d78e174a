import { javaTrim } from '../../java/index.js';
import type { HtmlElement, HtmlNode } from './dom.js';

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));
const BLOCKS = words(
  'html head body frameset script noscript style meta link title frame noframes section nav aside hgroup header footer p h1 h2 h3 h4 h5 h6 ul ol pre div blockquote hr address figure figcaption form fieldset ins del dl dt dd li table caption thead tfoot tbody colgroup col tr th td video audio canvas details menu plaintext template article main svg math center dir applet marquee listing',
);
/** Known tags that are no blocks, and blocks that jsoup prints in the line: no blank comes behind a block before these. */
const IN_LINE = words(
  'object base font tt i b u big small em strong dfn code samp kbd var cite abbr time acronym mark ruby rt rp rtc a img br wbr map q sub sup bdo iframe embed span input select textarea label button optgroup option legend datalist keygen output progress meter area param source track summary command device basefont bgsound menuitem data bdi s strike nobr rb text mi mo msup mn mtext title p h1 h2 h3 h4 h5 h6 pre address li th td script style ins del',
);
const AS_WRITTEN = words('pre plaintext title textarea');
/** An element and its parents are looked at, six in all. */
const LEVELS = 6;

/** Element.text of jsoup 1.17: blanks run together, a blank around blocks and for `br`; as written in `pre` and the like. */
export function textOf(element: HtmlElement): string {
  const text = new Text();
  visit(element, text);
  return javaTrim(text.text);
}

/** Element.ownText: the texts right in the element. */
export function ownTextOf(element: HtmlElement): string {
  const text = new Text();
  for (const child of element.children) {
    if (child.kind === 'text') text.add(child.text, element);
    else if (child.kind === 'element' && child.name === 'br' && !text.endsWithBlank) text.text += ' ';
  }
  return javaTrim(text.text);
}

/** Element.wholeText: all texts as they are written, a line end for `br`. */
export function wholeTextOf(element: HtmlElement): string {
  const own = wholeText(element);
  return (
    own + element.children.map((child) => (child.kind === 'element' ? wholeTextOf(child) : wholeText(child))).join('')
  );
}
export const wholeOwnTextOf = (element: HtmlElement): string => element.children.map(wholeText).join('');
const wholeText = (node: HtmlNode): string =>
  node.kind === 'text' ? node.text : node.kind === 'element' && node.name === 'br' ? '\n' : '';

/** Element.data: what stands in scripts, styles and comments. */
export const dataOf = (element: HtmlElement): string =>
  element.children
    .map((node) => (node.kind === 'element' ? dataOf(node) : node.kind === 'text' ? '' : node.text))
    .join('');

class Text {
  text = '';

  get endsWithBlank(): boolean {
    return this.text.endsWith(' ');
  }

  add(text: string, parent: HtmlElement): void {
    this.text += isAsWritten(parent) ? text : normalised(text, this.endsWithBlank);
  }

  blank(): void {
    if (this.text !== '' && !this.endsWithBlank) this.text += ' ';
  }
}

function visit(element: HtmlElement, into: Text): void {
  const isBlock = BLOCKS.has(element.name);
  if (isBlock || element.name === 'br') into.blank();
  const { children } = element;
  for (let i = 0; i < children.length; i++) {
    const child = children[i];
    if (child?.kind === 'text') into.add(child.text, element);
    else if (child?.kind === 'element') {
      visit(child, into);
      if (BLOCKS.has(child.name) && wantsBlank(children[i + 1]) && !into.endsWithBlank) into.text += ' ';
    }
  }
}

const wantsBlank = (next: HtmlNode | undefined): boolean =>
  next?.kind === 'text' || (next?.kind === 'element' && IN_LINE.has(next.name));

function isAsWritten(element: HtmlElement): boolean {
  let up: HtmlElement | undefined = element;
  for (let i = 0; i < LEVELS && up !== undefined; i++, up = up.parent) if (AS_WRITTEN.has(up.name)) return true;
  return false;
}

const ODD = /[\t\n\f\r\u00a0\u00ad\u200b]| {2}/;

/** StringUtil.appendNormalisedWhitespace: also the hard blank; soft hyphens and blanks without width go. */
export function normalised(text: string, stripLeading: boolean): string {
  const plain = ODD.test(text) ? text.replace(/[\u00ad\u200b]/g, '').replace(/[ \t\n\f\r\u00a0]+/g, ' ') : text;
  return stripLeading && plain.startsWith(' ') ? plain.slice(1) : plain;
}
