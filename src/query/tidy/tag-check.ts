import { checkAttribute } from './attribute-check.js';
import { VERSION } from './dict.js';
import type { Lexer } from './lexer.js';
import type { Message } from './messages.js';
import type { Attribute, TidyNode } from './node.js';
import type { Tag, TagCheck } from './tags.js';

const XHTML = 'http://www.w3.org/1999/xhtml';

/** Checks the attributes of a start tag, adds some that are missing, and drops repeated ones (TagCheckImpl). */
export function checkTag(lexer: Lexer, node: TidyNode, tag: Tag): void {
  const check = tag.check === undefined ? undefined : CHECKS[tag.check];
  if (check === undefined) checkAttributes(lexer, node);
  else check(lexer, node);
  dropRepeated(lexer, node);
}

function checkAttributes(lexer: Lexer, node: TidyNode): void {
  for (let at = node.attributes; at !== undefined; at = at.next) checkAttribute(lexer, node, at);
}

const CHECKS: Readonly<Record<TagCheck, (lexer: Lexer, node: TidyNode) => void>> = {
  html(lexer, node) {
    // The namespace makes the document XHTML, whatever was asked for.
    if (node.attribute('xmlns')?.value === XHTML) {
      lexer.isXhtml = true;
      lexer.settings.xhtml = true;
      lexer.settings.xmlOut = true;
    }
    checkAttributes(lexer, node);
  },
  script(lexer, node) {
    checkAttributes(lexer, node);
    if (node.attribute('type') !== undefined) return;
    missing(lexer, node, 'type');
    const language = node.attribute('language');
    const name = language?.value?.toLowerCase();
    if (language === undefined || name === 'javascript' || name === 'jscript')
      node.addAttribute('type', 'text/javascript');
    else if (name === 'vbscript') node.addAttribute('type', 'text/vbscript');
  },
  style(lexer, node) {
    const given = node.attribute('type');
    checkAttributes(lexer, node);
    if (given === undefined) missing(lexer, node, 'type', 'text/css');
  },
  link(lexer, node) {
    const rel = node.attribute('rel');
    checkAttributes(lexer, node);
    if (rel?.value === 'stylesheet' && node.attribute('type') === undefined) missing(lexer, node, 'type', 'text/css');
  },
  form: (lexer, node) => required(lexer, node, 'action'),
  meta: (lexer, node) => required(lexer, node, 'content'),
  table(lexer, node) {
    checkAttributes(lexer, node);
    const plain = lexer.doctype === VERSION.HTML20 || lexer.doctype === VERSION.HTML32;
    if (!plain && node.attribute('summary') === undefined) lexer.report.advise('missingSummary');
    const border = node.attribute('border');
    if (lexer.settings.xmlOut && border !== undefined) border.value ??= '1';
    const height = node.attribute('height');
    if (height === undefined) return;
    lexer.report.attribute('proprietaryAttribute', node, height);
    lexer.versions &= VERSION.PROPRIETARY;
  },
  caption(lexer, node) {
    checkAttributes(lexer, node);
    const align = node.attribute('align');
    const value = align?.value?.toLowerCase();
    if (value === undefined) return;
    if (value === 'left' || value === 'right') lexer.constrain(VERSION.HTML40_LOOSE);
    else if (value === 'top' || value === 'bottom') lexer.constrain(~(VERSION.HTML20 | VERSION.HTML32));
    else lexer.report.attribute('badValue', node, align);
  },
  hr(lexer, node) {
    const src = node.attribute('src');
    checkAttributes(lexer, node);
    if (src !== undefined) lexer.report.attribute('proprietaryValue', node, src);
  },
  img(lexer, node) {
    for (let at = node.attributes; at !== undefined; at = at.next) {
      checkAttribute(lexer, node, at);
      if (at.name === 'width' || at.name === 'height') lexer.constrain(~VERSION.HTML20);
    }
    const has = (name: string): boolean => node.attribute(name) !== undefined;
    if (!has('alt')) {
      lexer.report.advise('missingImageAlt');
      missing(lexer, node, 'alt');
    }
    if (!has('src') && !has('datafld')) missing(lexer, node, 'src');
    if (has('ismap') && !has('usemap')) {
      lexer.report.attribute('missingImageMap', node);
      if (lexer.settings.showWarnings) lexer.report.advise('missingImageMap');
    }
  },
  area(lexer, node) {
    checkAttributes(lexer, node);
    if (node.attribute('alt') === undefined) {
      lexer.report.advise('missingLinkAlt');
      missing(lexer, node, 'alt');
    }
    if (node.attribute('href') === undefined) missing(lexer, node, 'href');
  },
  id(lexer, node) {
    checkAttributes(lexer, node);
    const name = node.attribute('name');
    const id = node.attribute('id');
    if (name === undefined) return;
    if (id === undefined) {
      if (lexer.settings.xmlOut) node.addAttribute('id', name.value as string);
    } else if (id.value !== undefined && id.value !== name.value) lexer.report.attribute('idNameMismatch', node, name);
  },
  cell(lexer, node) {
    checkAttributes(lexer, node);
    if (node.attribute('width') !== undefined || node.attribute('height') !== undefined)
      lexer.constrain(~VERSION.HTML40_STRICT);
  },
};

function missing(lexer: Lexer, node: TidyNode, name: string, value?: string): void {
  lexer.report.attribute('missingAttribute', node, { name, value: '' });
  if (value !== undefined) node.addAttribute(name, value);
}

function required(lexer: Lexer, node: TidyNode, name: string): void {
  const given = node.attribute(name);
  checkAttributes(lexer, node);
  if (given === undefined) missing(lexer, node, name);
}

/** Of attributes with the same name the one that stands last in the text stays; styles are joined. */
function dropRepeated(lexer: Lexer, node: TidyNode): void {
  for (let at = node.attributes; at !== undefined; at = at.next) {
    let other: Attribute | undefined = at.next;
    while (other !== undefined && at !== undefined) {
      const name = at.name?.toLowerCase();
      if (name === undefined || other.name?.toLowerCase() !== name) {
        other = other.next;
        continue;
      }
      if (name !== 'style') {
        const { next }: Attribute = other;
        drop(lexer, node, other, 'repeatedAttribute');
        other = next;
        continue;
      }
      joinStyles(other, at);
      const following: Attribute | undefined = at.next;
      other = following?.next === undefined ? undefined : other.next;
      drop(lexer, node, at, 'joining');
      at = following;
    }
    if (at === undefined) return;
  }
}

function drop(lexer: Lexer, node: TidyNode, attribute: Attribute, kind: Message): void {
  lexer.report.attribute(kind, node, attribute);
  node.removeAttribute(attribute);
}

function joinStyles(into: Attribute, from: Attribute): void {
  const value = into.value ?? '';
  if (value.endsWith(';')) into.value = `${value} ${from.value}`;
  else if (value.endsWith('}')) into.value = `${value} { ${from.value} }`;
  else into.value = `${value}; ${from.value}`;
}
