import { VERSION } from './dict.js';

/** How the value of an attribute is checked; `none` also means that a proprietary one is reported. */
export type AttributeCheck =
  | 'none'
  | 'url'
  | 'script'
  | 'name'
  | 'id'
  | 'align'
  | 'valign'
  | 'bool'
  | 'length'
  | 'target'
  | 'method'
  | 'clear'
  | 'shape'
  | 'number'
  | 'scope'
  | 'color'
  | 'valueType'
  | 'scroll'
  | 'direction'
  | 'lang';

/** What JTidy knows of an attribute, whatever element it stands at. */
export interface AttributeEntry {
  readonly name: string;
  readonly versions: number;
  readonly check: AttributeCheck;
}

const GROUPS: readonly (readonly [versions: number, check: AttributeCheck, names: string])[] = [
  [
    VERSION.HTML40,
    'none',
    'abbr accept-charset accesskey archive axis char charset class codetype datetime for frame headers label media rules scheme standby style summary title',
  ],
  [VERSION.ALL, 'none', 'accept alt content enctype http-equiv rel rev value version xmlns'],
  [VERSION.ALL, 'url', 'action href src'],
  [VERSION.NETSCAPE, 'none', 'add_date last_modified last_visit wrap'],
  [VERSION.ALL, 'align', 'align'],
  [VERSION.LOOSE, 'color', 'alink bgcolor color link text vlink'],
  [VERSION.LOOSE, 'url', 'background'],
  [VERSION.PROPRIETARY, 'none', 'bgproperties'],
  [VERSION.ALL, 'bool', 'border checked compact ismap multiple selected usemap'],
  [VERSION.MICROSOFT, 'color', 'bordercolor'],
  [VERSION.MICROSOFT, 'number', 'bottommargin datapagesize leftmargin rightmargin topmargin'],
  [VERSION.FROM32, 'length', 'cellpadding cellspacing'],
  [VERSION.HTML40, 'length', 'charoff'],
  [VERSION.HTML40, 'url', 'cite classid codebase data longdesc profile'],
  [VERSION.LOOSE, 'clear', 'clear'],
  [VERSION.LOOSE, 'none', 'code face language prompt'],
  [VERSION.IFRAME, 'none', 'cols frameborder'],
  [VERSION.FROM32, 'number', 'colspan'],
  [VERSION.FROM32, 'none', 'coords type'],
  [VERSION.MICROSOFT, 'none', 'datafld dataformatas'],
  [VERSION.MICROSOFT, 'url', 'datasrc'],
  [VERSION.HTML40, 'bool', 'declare defer disabled readonly'],
  [VERSION.HTML40, 'direction', 'dir'],
  [VERSION.PROPRIETARY, 'number', 'framespacing gridx gridy'],
  [VERSION.ALL, 'length', 'height width'],
  [VERSION.HTML40, 'lang', 'hreflang lang'],
  [VERSION.ALL, 'number', 'hspace maxlength rows rowspan start'],
  [VERSION.HTML40, 'id', 'id'],
  [VERSION.PROPRIETARY, 'url', 'lowsrc'],
  [VERSION.IFRAME, 'number', 'marginheight marginwidth'],
  [VERSION.ALL, 'method', 'method'],
  [VERSION.ALL, 'name', 'name'],
  [VERSION.FROM32, 'bool', 'nohref'],
  [VERSION.FRAMESET, 'bool', 'noresize'],
  [VERSION.LOOSE, 'bool', 'noshade nowrap'],
  [VERSION.HTML40_LOOSE, 'none', 'object'],
  [
    VERSION.EVENTS,
    'script',
    'onblur onchange onclick ondblclick onkeydown onkeypress onkeyup onload onmousedown onmousemove onmouseout onmouseover onmouseup onsubmit onreset onselect onunload onfocus',
  ],
  [
    VERSION.MICROSOFT,
    'script',
    'onafterupdate onbeforeupdate onerrorupdate onrowenter onrowexit onbeforeunload ondatasetchanged ondataavailable ondatasetcomplete',
  ],
  [VERSION.HTML40, 'scope', 'scope'],
  [VERSION.IFRAME, 'scroll', 'scrolling'],
  [VERSION.FROM32, 'shape', 'shape'],
  [VERSION.PROPRIETARY, 'bool', 'showgrid showgridx showgridy'],
  [VERSION.LOOSE, 'number', 'size vspace'],
  [VERSION.HTML40, 'number', 'span tabindex'],
  [VERSION.HTML40, 'target', 'target'],
  [VERSION.FROM32, 'valign', 'valign'],
  [VERSION.HTML40, 'valueType', 'valuetype'],
  [VERSION.XML, 'none', 'xml:lang xml:space'],
  [VERSION.XHTML11, 'number', 'rbspan'],
];
const ENTRIES = new Map(
  GROUPS.flatMap(([versions, check, names]) =>
    names.split(' ').map((name): [string, AttributeEntry] => [name, { name, versions, check }]),
  ),
);

/** The entry of an attribute name as it is written (lower case, but in XML). */
export const attributeEntry = (name: string | undefined): AttributeEntry | undefined =>
  name === undefined ? undefined : ENTRIES.get(name);
export const isUrl = (name: string): boolean => ENTRIES.get(name)?.check === 'url';
export const isScript = (name: string): boolean => ENTRIES.get(name)?.check === 'script';
