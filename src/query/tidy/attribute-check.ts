import type { AttributeCheck } from './attribute-table.js';
import { isLetter, isNameCharacter } from './characters.js';
import { MODEL, VERSION } from './dict.js';
import type { Lexer } from './lexer.js';
import type { Attribute, TidyNode } from './node.js';

type Check = (lexer: Lexer, node: TidyNode, attribute: Attribute) => void;

/** Checks one attribute of a start tag; a few values are put right (AttVal.checkAttribute). */
export function checkAttribute(lexer: Lexer, node: TidyNode, attribute: Attribute): void {
  const { entry } = attribute;
  const { report, settings } = lexer;
  if (entry === undefined) {
    const proprietary = node.tag !== undefined && (node.tag.versions & VERSION.PROPRIETARY) !== 0;
    if (!settings.xmlTags && node.tag !== undefined && !attribute.asp && !proprietary)
      report.attribute('unknownAttribute', node, attribute);
    return;
  }
  if ((entry.versions & VERSION.XML) !== 0) {
    if (!settings.xmlTags && !settings.xmlOut) report.attribute('xmlAttribute', node, attribute);
  } else if (entry.name !== 'title' || !node.is('a', 'link')) lexer.constrain(entry.versions);
  if (entry.check !== 'none') CHECKS[entry.check](lexer, node, attribute);
  else if ((entry.versions & VERSION.PROPRIETARY) !== 0) report.attribute('proprietaryAttribute', node, attribute);
}

const CHECKS: Readonly<Record<Exclude<AttributeCheck, 'none'>, Check>> = {
  url: present(checkUrl),
  script: () => undefined,
  bool: lowerCase,
  align(lexer, node, attribute) {
    if (node.has(MODEL.IMG)) CHECKS.valign(lexer, node, attribute);
    else oneOf('left', 'center', 'right', 'justify')(lexer, node, attribute);
  },
  valign: present(checkValign),
  length: present(checkLength),
  target(lexer, node, attribute) {
    lexer.constrain(~VERSION.HTML40_STRICT);
    const { value = '' } = attribute;
    if (value === '') lexer.report.attribute('missingValue', node, attribute);
    else if (!/^\p{L}/u.test(value) && !/^_(blank|self|parent|top)$/i.test(value))
      lexer.report.attribute('badValue', node, attribute);
  },
  method: oneOf('get', 'post'),
  clear(lexer, node, attribute) {
    const missing = attribute.value === undefined;
    oneOf('none', 'left', 'right', 'all')(lexer, node, attribute);
    if (missing) attribute.value = 'none';
  },
  shape: oneOf('rect', 'default', 'circle', 'poly'),
  scope: oneOf('row', 'rowgroup', 'col', 'colgroup'),
  scroll: oneOf('no', 'yes', 'auto'),
  direction: oneOf('rtl', 'ltr'),
  valueType: oneOf('data', 'object', 'ref'),
  number: present(checkNumber),
  id: checkId,
  name: present(checkName),
  color: checkColor,
  lang(lexer, node, attribute) {
    if (attribute.name === 'lang') lexer.constrain(~VERSION.XHTML11);
    if (attribute.value === undefined) lexer.report.attribute('missingValue', node, attribute);
  },
};

/** A check of a value; without one that is said instead. */
function present(check: (lexer: Lexer, node: TidyNode, attribute: Attribute, value: string) => void): Check {
  return (lexer, node, attribute) => {
    if (attribute.value === undefined) lexer.report.attribute('missingValue', node, attribute);
    else check(lexer, node, attribute, attribute.value);
  };
}

function oneOf(...values: readonly string[]): Check {
  return present((lexer, node, attribute, value) => {
    lowerCase(lexer, node, attribute);
    if (!values.includes(value.toLowerCase())) lexer.report.attribute('badValue', node, attribute);
  });
}

function lowerCase(lexer: Lexer, node: TidyNode, attribute: Attribute): void {
  const { value } = attribute;
  const folded = value?.toLowerCase();
  if (value === folded) return;
  if (lexer.isXhtml) lexer.report.attribute('notLowerCase', node, attribute);
  attribute.value = folded;
}

/** Backslashes become slashes, other characters that no URL holds are escaped (by code, not by bytes). */
function checkUrl(lexer: Lexer, node: TidyNode, attribute: Attribute, value: string): void {
  const hasBackslash = value.includes('\\');
  const url = hasBackslash ? value.replaceAll('\\', '/') : value;
  const hasOdd = ODD.test(url);
  attribute.value = hasOdd ? escapeOdd(url) : url;
  if (hasBackslash) lexer.report.attribute('fixedBackslash', node, attribute);
  if (!hasOdd) return;
  lexer.report.attribute('escapedUri', node, attribute);
  lexer.report.advise('badCharacters');
}
const ODD = /[^\x21-\x7e]|[<>]/;
const escapeOdd = (url: string): string =>
  url.replace(/[^\x21-\x7e]|[<>]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

function checkValign(lexer: Lexer, node: TidyNode, attribute: Attribute, value: string): void {
  lowerCase(lexer, node, attribute);
  if (/^(top|middle|bottom|baseline)$/i.test(value)) return;
  if (/^(left|right)$/i.test(value)) {
    if (!node.has(MODEL.IMG)) lexer.report.attribute('badValue', node, attribute);
  } else if (/^(texttop|absmiddle|absbottom|textbottom)$/i.test(value)) {
    lexer.constrain(VERSION.PROPRIETARY);
    lexer.report.attribute('proprietaryValue', node, attribute);
  } else lexer.report.attribute('badValue', node, attribute);
}

function checkLength(lexer: Lexer, node: TidyNode, attribute: Attribute, value: string): void {
  if (attribute.name?.toLowerCase() === 'width' && node.is('col', 'colgroup')) return;
  const good = node.is('td', 'th') ? /^[\p{Nd}%]\p{Nd}*$/u : /^[\p{Nd}%][\p{Nd}%]*$/u;
  if (!good.test(value)) lexer.report.attribute('badValue', node, attribute);
}

function checkNumber(lexer: Lexer, node: TidyNode, attribute: Attribute, value: string): void {
  if (node.is('frameset') && /^(cols|rows)$/i.test(attribute.name ?? '')) return;
  const digits = node.is('font') ? value.replace(/^[+-]/, '') : value;
  if (!/^\p{Nd}*$/u.test(digits)) lexer.report.attribute('badValue', node, attribute);
}

function checkId(lexer: Lexer, node: TidyNode, attribute: Attribute): void {
  const { value = '' } = attribute;
  if (value === '') {
    lexer.report.attribute('missingValue', node, attribute);
    return;
  }
  const [first = '', ...rest] = value;
  if (!/\p{L}/u.test(first)) {
    lexer.report.attribute(lexer.isXhtml && /[_:]/.test(first) ? 'xmlId' : 'badValue', node, attribute);
  } else {
    const bad = rest.find((c) => !isNameCharacter(c.charCodeAt(0)));
    // Letters and marks stand for the tables of XML 1.0 here; only the words of the message depend on it.
    if (bad !== undefined)
      lexer.report.attribute(lexer.isXhtml && /[\p{L}\p{M}\p{N}]/u.test(bad) ? 'xmlId' : 'badValue', node, attribute);
  }
  anchor(lexer, node, attribute, value);
}

function checkName(lexer: Lexer, node: TidyNode, attribute: Attribute, value: string): void {
  if (!node.is('a', 'applet', 'form', 'frame', 'iframe', 'img', 'map')) return;
  lexer.constrain(~VERSION.XHTML11);
  anchor(lexer, node, attribute, value);
}

function anchor(lexer: Lexer, node: TidyNode, attribute: Attribute, value: string): void {
  const key = value.toLowerCase();
  const known = lexer.anchors.get(key);
  if (known === undefined) lexer.anchors.set(key, node);
  else if (known !== node) lexer.report.attribute('anchorNotUnique', node, attribute);
}

const COLORS: ReadonlyMap<string, string> = new Map([
  ['black', '#000000'],
  ['green', '#008000'],
  ['silver', '#c0c0c0'],
  ['lime', '#00ff00'],
  ['gray', '#808080'],
  ['olive', '#808000'],
  ['white', '#ffffff'],
  ['yellow', '#ffff00'],
  ['maroon', '#800000'],
  ['navy', '#000080'],
  ['red', '#ff0000'],
  ['blue', '#0000ff'],
  ['purple', '#800080'],
  ['teal', '#008080'],
  ['fuchsia', '#ff00ff'],
  ['aqua', '#00ffff'],
]);
const CODES: ReadonlySet<string> = new Set(COLORS.values());

/** A colour that is none of the sixteen with a name gets upper-case digits. */
function checkColor(lexer: Lexer, node: TidyNode, attribute: Attribute): void {
  const { value = '' } = attribute;
  const first = value.charCodeAt(0);
  if (value === '') lexer.report.attribute('missingValue', node, attribute);
  else if (value.startsWith('#') && value.length === 7) {
    if (CODES.has(value.toLowerCase())) return;
    if (/^#[0-9a-f]{6}$/i.test(value)) attribute.value = value.toUpperCase();
    else lexer.report.attribute('badValue', node, attribute);
  } else if (!isLetter(first) || !COLORS.has(value.toLowerCase())) lexer.report.attribute('badValue', node, attribute);
}
