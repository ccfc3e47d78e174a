/** Which elements may stand where: the bits of JTidy's content model (org.w3c.tidy.Dict). */
export const MODEL = {
  EMPTY: 1 << 0,
  HTML: 1 << 1,
  HEAD: 1 << 2,
  BLOCK: 1 << 3,
  INLINE: 1 << 4,
  LIST: 1 << 5,
  DEFLIST: 1 << 6,
  TABLE: 1 << 7,
  ROWGRP: 1 << 8,
  ROW: 1 << 9,
  FIELD: 1 << 10,
  OBJECT: 1 << 11,
  PARAM: 1 << 12,
  FRAMES: 1 << 13,
  HEADING: 1 << 14,
  OPT: 1 << 15,
  IMG: 1 << 16,
  MIXED: 1 << 17,
  OBSOLETE: 1 << 19,
} as const;

const HTML20 = 1;
const HTML32 = 2;
const HTML40_STRICT = 4;
const HTML40_LOOSE = 8;
const FRAMESET = 16;
const NETSCAPE = 64;
const MICROSOFT = 128;
const SUN = 256;
const XHTML11 = 1024;
const BASIC = 2048;
const HTML40 = HTML40_STRICT | HTML40_LOOSE | FRAMESET;
const LOOSE = HTML32 | HTML40_LOOSE | FRAMESET;

/** The HTML versions an element or attribute belongs to; what a document uses narrows what it can be. */
export const VERSION = {
  UNKNOWN: 0,
  HTML20,
  HTML32,
  HTML40_STRICT,
  HTML40_LOOSE,
  FRAMESET,
  XML: 32,
  NETSCAPE,
  MICROSOFT,
  SUN,
  XHTML11,
  BASIC,
  PROPRIETARY: NETSCAPE | MICROSOFT | SUN,
  HTML40,
  LOOSE,
  IFRAME: HTML40_LOOSE | FRAMESET,
  FROM32: HTML40_STRICT | LOOSE,
  EVENTS: HTML40 | XHTML11,
  ALL: HTML20 | HTML32 | HTML40 | XHTML11 | BASIC,
} as const;

/** The names of versions as public identifiers give them, and as the report does; the first of equal ones counts. */
export const VERSION_NAMES: readonly (readonly [html: string, xhtml: string, version: number])[] = [
  ['HTML 4.01', 'XHTML 1.0 Strict', HTML40_STRICT],
  ['HTML 4.01 Transitional', 'XHTML 1.0 Transitional', HTML40_LOOSE],
  ['HTML 4.01 Frameset', 'XHTML 1.0 Frameset', FRAMESET],
  ['HTML 4.0', 'XHTML 1.0 Strict', HTML40_STRICT],
  ['HTML 4.0 Transitional', 'XHTML 1.0 Transitional', HTML40_LOOSE],
  ['HTML 4.0 Frameset', 'XHTML 1.0 Frameset', FRAMESET],
  ['HTML 3.2', 'XHTML 1.0 Transitional', HTML32],
  ['HTML 3.2 Final', 'XHTML 1.0 Transitional', HTML32],
  ['HTML 3.2 Draft', 'XHTML 1.0 Transitional', HTML32],
  ['HTML 2.0', 'XHTML 1.0 Strict', HTML20],
  ['HTML 4.01', 'XHTML 1.1', XHTML11],
];
