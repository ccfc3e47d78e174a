/** What is a token in one version of JEXL. */
export interface Lexicon {
  /** Longer ones first. */
  readonly signs: readonly string[];
  readonly words: ReadonlySet<string>;
  /** Operators that are written as words. */
  readonly spelt: ReadonlyMap<string, string>;
  readonly number: RegExp;
  /** Both versions know ASCII only: a name with an umlaut does not parse. */
  readonly name: RegExp;
  readonly pragma: RegExp;
  /** By the character after the backslash. */
  readonly escapes: Readonly<Record<string, string>>;
  /** Whether there are `texts` in back quotes and ~/patterns/. */
  readonly templates: boolean;
  readonly textOverLines: boolean;
  /** Whether a keyword after a dot is a name (`m.size`), and a number there an index. */
  readonly freeMembers: boolean;
  /** Whether a number with decimals is a Float when it does not say. */
  readonly single: boolean;
}

export const BLANK = /(?:\s|\/\/[^\n]*|##[^\n]*|\/\*[\s\S]*?\*\/)+/y;

const SPELT: ReadonlyMap<string, string> = new Map<string, string>([
  ['and', '&&'],
  ['or', '||'],
  ['not', '!'],
  ['eq', '=='],
  ['ne', '!='],
  ['lt', '<'],
  ['gt', '>'],
  ['le', '<='],
  ['ge', '>='],
  ['div', '/'],
  ['mod', '%'],
]);
const SIGNS = [
  ...['&&', '||', '==', '!=', '<=', '>=', '=~', '!~', '?:'],
  ...['+', '-', '*', '/', '%', '=', '<', '>', '!', '~', '&', '|', '^', '?', ':', '.', ',', ';', '(', ')', '[', ']'],
  ...['{', '}'],
];
const WORDS = 'if else for foreach while new var empty size null true false return'.split(' ');

export const lexicon3: Lexicon = {
  signs: [
    ...['...', '=^', '!^', '=$', '!$', '??', '?.', '..', '->', '+=', '-=', '*=', '/=', '%=', '&=', '|=', '^='],
    ...SIGNS,
  ],
  words: new Set([...WORDS, 'do', 'in', 'continue', 'break', 'function', 'NaN']),
  spelt: SPELT,
  // `5.d` is a double, so `5.doubleValue()` does not parse.
  number:
    /0[xX][0-9a-fA-F]+[lLhH]?|\d+\.\d+(?:[eE][+-]?\d+)?[fFdDbB]?|\d+\.[fFdDbB]|\d+[eE][+-]?\d+[fFdDbB]?|\d+[fFdDbBlLhH]?/y,
  name: /[A-Za-z_$][\w$]*/y,
  pragma: /#pragma[ \t]+\S+[ \t]+\S+/y,
  escapes: { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', '\\': '\\' },
  templates: true,
  textOverLines: true,
  freeMembers: true,
  single: false,
};

export const lexicon2: Lexicon = {
  signs: SIGNS,
  words: new Set(WORDS),
  spelt: SPELT,
  // `08` is 0 and 8, `1e3` is 1 and e3: neither parses.
  number: /0[xX][0-9a-fA-F]+[lLhH]?|\d+\.\d+(?:[eE][+-]?\d+)?[fFdDbB]?|(?:0[0-7]*|[1-9]\d*)[lLhH]?/y,
  name: /[A-Za-z_$@][\w$@]*/y,
  pragma: /(?!)/y,
  escapes: { '\\': '\\' },
  templates: false,
  textOverLines: false,
  freeMembers: false,
  single: true,
};
