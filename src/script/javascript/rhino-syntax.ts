import { outline } from './outline.js';

/** What Rhino 1.7.14 does not parse as JMeter calls it (its default language version), but Node does. */
const REFUSED: readonly (readonly [string, RegExp])[] = [
  ['let', /(?:^|[;{}()\n])\s*let\s+[\w$[{]/],
  ['class', /(?:^|[^.\w$])class(?![\w$])/],
  ['...', /\.\.\./],
  ['?.', /\?\.(?!\d)/],
  ['??', /\?\?/],
  ['**', /\*\*/],
  ['async', /(?:^|[^.\w$])async\s+function/],
  ['function*', /\bfunction\s*\*/],
  ['of', /\bfor\s*\((?:\s*(?:var|const)\b)?\s*[\w$]+\s+of\b/],
  ['0b and 0o', /\b0[bBoO]\d/],
  ['destructuring', /\b(?:var|const)\s*\{/],
  ['default values', /\bfunction\b[^()]*\([^()]*=/],
  ['properties by name alone', /(?<![)\w$]\s*)\{\s*[A-Za-z_$][\w$]*\s*\}(?=\s*[).,])/],
  ['computed property names', /[{,]\s*\[[^\]]*\]\s*:/],
];

/** Why Rhino would not parse it; undefined when it would. */
export function refused(code: string): string | undefined {
  return REFUSED.find(([, pattern]) => pattern.test(code))?.[0];
}

/** The paths that begin at a Java package: `java.lang.Math.abs`. */
export const javaPaths = (code: string): readonly string[] =>
  [...code.matchAll(/(?<![.\w$])(?:Packages\.)?(?:java|javax|org|com)(?:\.[\w$]+)+/g)].map(([path]) => path);

/** The script as Node parses it: `for each (x in y)`, and a function without a name as a statement. */
export function rewritten(script: string): string {
  let text = script.replace(/^(\s*function)(?=\s*\()/, '$1 $anonymous');
  for (;;) {
    const code = outline(text);
    const each = /\bfor\s+each\s*\(/.exec(code);
    if (each === null) return text;
    const open = each.index + each[0].length;
    const inside = code.indexOf(' in ', open);
    const close = closing(code, open);
    if (inside < 0 || close === undefined) return text;
    const head = `${text.slice(0, each.index)}for(${text.slice(open, inside)} of $values(`;
    text = `${head}${text.slice(inside + 4, close)}))${text.slice(close + 1)}`;
  }
}

function closing(code: string, open: number): number | undefined {
  let depth = 1;
  for (let at = open; at < code.length; at++) {
    if (code[at] === '(') depth++;
    else if (code[at] === ')' && --depth === 0) return at;
  }
  return undefined;
}
