import { MODEL, VERSION } from './dict.js';

/** Which of the parsers reads an element's content. */
export type ParserName =
  | 'html'
  | 'head'
  | 'title'
  | 'script'
  | 'body'
  | 'frameSet'
  | 'inline'
  | 'list'
  | 'defList'
  | 'pre'
  | 'block'
  | 'table'
  | 'colGroup'
  | 'rowGroup'
  | 'row'
  | 'noFrames'
  | 'select'
  | 'text'
  | 'empty'
  | 'optGroup';
/** Elements whose attributes are checked together. */
export type TagCheck =
  | 'html'
  | 'script'
  | 'table'
  | 'caption'
  | 'img'
  | 'area'
  | 'id'
  | 'style'
  | 'cell'
  | 'link'
  | 'hr'
  | 'form'
  | 'meta';

/** What JTidy knows of an element (TagTable); there is one object for each name. */
export interface Tag {
  readonly name: string;
  readonly versions: number;
  readonly model: number;
  readonly parser: ParserName | undefined;
  readonly check: TagCheck | undefined;
}

type Row = readonly [names: string, versions: number, model: number, parser: ParserName, check?: TagCheck];
const ROWS: readonly Row[] = [
  ['html', VERSION.ALL, MODEL.HTML | MODEL.OPT, 'html', 'html'],
  ['head', VERSION.ALL, MODEL.HTML | MODEL.OPT, 'head'],
  ['title', VERSION.ALL, MODEL.HEAD, 'title'],
  ['base', VERSION.ALL, MODEL.HEAD | MODEL.EMPTY, 'empty'],
  ['link', VERSION.ALL, MODEL.HEAD | MODEL.EMPTY, 'empty', 'link'],
  ['meta', VERSION.ALL, MODEL.HEAD | MODEL.EMPTY, 'empty', 'meta'],
  ['style', VERSION.HTML40 & ~VERSION.BASIC, MODEL.HEAD, 'script', 'style'],
  [
    'script',
    VERSION.HTML40 & ~VERSION.BASIC,
    MODEL.HEAD | MODEL.MIXED | MODEL.BLOCK | MODEL.INLINE,
    'script',
    'script',
  ],
  ['server', VERSION.NETSCAPE, MODEL.HEAD | MODEL.MIXED | MODEL.BLOCK | MODEL.INLINE, 'script'],
  ['body', VERSION.ALL, MODEL.HTML | MODEL.OPT, 'body'],
  ['frameset', VERSION.FRAMESET, MODEL.HTML | MODEL.FRAMES, 'frameSet'],
  ['p', VERSION.ALL, MODEL.BLOCK | MODEL.OPT, 'inline'],
  ['h1 h2 h3 h4 h5 h6', VERSION.ALL, MODEL.BLOCK | MODEL.HEADING, 'inline'],
  ['ul ol', VERSION.ALL, MODEL.BLOCK, 'list'],
  ['dl', VERSION.ALL, MODEL.BLOCK, 'defList'],
  ['dir menu', VERSION.LOOSE, MODEL.BLOCK | MODEL.OBSOLETE, 'list'],
  ['pre', VERSION.ALL, MODEL.BLOCK, 'pre'],
  ['listing xmp plaintext', VERSION.ALL, MODEL.BLOCK | MODEL.OBSOLETE, 'pre'],
  ['address blockquote', VERSION.ALL, MODEL.BLOCK, 'block'],
  ['form', VERSION.ALL, MODEL.BLOCK, 'block', 'form'],
  ['isindex', VERSION.LOOSE, MODEL.BLOCK | MODEL.EMPTY, 'empty'],
  ['fieldset', VERSION.HTML40 & ~VERSION.BASIC, MODEL.BLOCK, 'block'],
  ['table', VERSION.FROM32, MODEL.BLOCK, 'table', 'table'],
  ['hr', VERSION.ALL & ~VERSION.BASIC, MODEL.BLOCK | MODEL.EMPTY, 'empty', 'hr'],
  ['div', VERSION.FROM32, MODEL.BLOCK, 'block'],
  ['multicol nosave layer align', VERSION.NETSCAPE, MODEL.BLOCK, 'block'],
  ['ilayer noembed', VERSION.NETSCAPE, MODEL.INLINE, 'inline'],
  ['nolayer', VERSION.NETSCAPE, MODEL.BLOCK | MODEL.INLINE | MODEL.MIXED, 'block'],
  ['center', VERSION.LOOSE, MODEL.BLOCK, 'block'],
  ['ins del', VERSION.HTML40 & ~VERSION.BASIC, MODEL.INLINE | MODEL.BLOCK | MODEL.MIXED, 'inline'],
  ['li', VERSION.ALL, MODEL.LIST | MODEL.OPT, 'block'],
  ['dt', VERSION.ALL, MODEL.DEFLIST | MODEL.OPT, 'inline'],
  ['dd', VERSION.ALL, MODEL.DEFLIST | MODEL.OPT, 'block'],
  ['caption', VERSION.FROM32, MODEL.TABLE, 'inline', 'caption'],
  ['colgroup', VERSION.HTML40, MODEL.TABLE | MODEL.OPT, 'colGroup'],
  ['col', VERSION.HTML40, MODEL.TABLE | MODEL.EMPTY, 'empty'],
  ['thead tfoot tbody', VERSION.HTML40 & ~VERSION.BASIC, MODEL.TABLE | MODEL.ROWGRP | MODEL.OPT, 'rowGroup'],
  ['tr', VERSION.FROM32, MODEL.TABLE | MODEL.OPT, 'row'],
  ['td th', VERSION.FROM32, MODEL.ROW | MODEL.OPT, 'block', 'cell'],
  ['q abbr acronym label', VERSION.HTML40, MODEL.INLINE, 'inline'],
  ['a', VERSION.ALL, MODEL.INLINE, 'inline', 'id'],
  ['br', VERSION.ALL, MODEL.INLINE | MODEL.EMPTY, 'empty'],
  ['img', VERSION.ALL, MODEL.INLINE | MODEL.IMG | MODEL.EMPTY, 'empty', 'img'],
  ['object', VERSION.HTML40, MODEL.OBJECT | MODEL.HEAD | MODEL.IMG | MODEL.INLINE | MODEL.PARAM, 'block'],
  ['applet', VERSION.LOOSE, MODEL.OBJECT | MODEL.IMG | MODEL.INLINE | MODEL.PARAM, 'block'],
  ['servlet', VERSION.SUN, MODEL.OBJECT | MODEL.IMG | MODEL.INLINE | MODEL.PARAM, 'block'],
  ['param', VERSION.FROM32, MODEL.INLINE | MODEL.EMPTY, 'empty'],
  ['embed', VERSION.NETSCAPE, MODEL.INLINE | MODEL.IMG | MODEL.EMPTY, 'empty'],
  ['iframe', VERSION.HTML40_LOOSE, MODEL.INLINE, 'block'],
  ['frame', VERSION.FRAMESET, MODEL.FRAMES | MODEL.EMPTY, 'empty'],
  ['noframes', VERSION.IFRAME, MODEL.BLOCK | MODEL.FRAMES, 'noFrames'],
  ['noscript', VERSION.HTML40 & ~VERSION.BASIC, MODEL.BLOCK | MODEL.INLINE | MODEL.MIXED, 'block'],
  ['b i tt', VERSION.ALL & ~VERSION.BASIC, MODEL.INLINE, 'inline'],
  ['u s strike font', VERSION.LOOSE, MODEL.INLINE, 'inline'],
  ['big small sub sup legend button bdo', VERSION.HTML40 & ~VERSION.BASIC, MODEL.INLINE, 'inline'],
  ['em strong dfn code samp kbd var cite', VERSION.ALL, MODEL.INLINE, 'inline'],
  ['span', VERSION.FROM32, MODEL.INLINE, 'inline'],
  ['blink nobr', VERSION.PROPRIETARY, MODEL.INLINE, 'inline'],
  ['wbr', VERSION.PROPRIETARY, MODEL.INLINE | MODEL.EMPTY, 'empty'],
  ['marquee', VERSION.MICROSOFT, MODEL.INLINE | MODEL.OPT, 'inline'],
  ['bgsound', VERSION.MICROSOFT, MODEL.HEAD | MODEL.EMPTY, 'empty'],
  ['comment', VERSION.MICROSOFT, MODEL.INLINE, 'inline'],
  ['spacer keygen', VERSION.NETSCAPE, MODEL.INLINE | MODEL.EMPTY, 'empty'],
  ['map', VERSION.HTML40 & ~VERSION.BASIC, MODEL.INLINE, 'block', 'id'],
  ['area', VERSION.ALL & ~VERSION.BASIC, MODEL.BLOCK | MODEL.EMPTY, 'empty', 'area'],
  ['input', VERSION.ALL, MODEL.INLINE | MODEL.IMG | MODEL.EMPTY, 'empty'],
  ['select', VERSION.ALL, MODEL.INLINE | MODEL.FIELD, 'select'],
  ['option', VERSION.ALL, MODEL.FIELD | MODEL.OPT, 'text'],
  ['optgroup', VERSION.HTML40 & ~VERSION.BASIC, MODEL.FIELD | MODEL.OPT, 'optGroup'],
  ['textarea', VERSION.ALL, MODEL.INLINE | MODEL.FIELD, 'text'],
  ['basefont', VERSION.LOOSE, MODEL.INLINE | MODEL.EMPTY, 'empty'],
  ['ruby rbc rtc rb rt rp', VERSION.XHTML11, MODEL.INLINE, 'inline'],
];
const TAGS = new Map(
  ROWS.flatMap(([names, versions, model, parser, check]) =>
    names.split(' ').map((name): [string, Tag] => [name, { name, versions, model, parser, check }]),
  ),
);

/** The element of all names while XML is read. */
export const XML_TAG: Tag = {
  name: '',
  versions: VERSION.ALL,
  model: MODEL.BLOCK,
  parser: undefined,
  check: undefined,
};

export const findTag = (name: string): Tag | undefined => TAGS.get(name);
