/** Where a `/` begins a pattern and does not divide: after a sign, at the start, after some words. */
const BEFORE_PATTERN = /(?:^|[(,=:[!&|?{};+\-*%<>~^]|\b(?:return|typeof|case|in|of|delete|void|throw|new|else|do))$/;
const LITERAL =
  /\/\*[\s\S]*?\*\/|\/\/[^\n]*|"(?:\\[\s\S]|[^"\\\n])*"|'(?:\\[\s\S]|[^'\\\n])*'|`(?:\\[\s\S]|[^`\\])*`|\//g;
const PATTERN = /\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\/\w*/y;

/**
 * A script with the insides of its texts, patterns and comments blanked out, character for character: what is found in it
 * is code and stands at the same place in the script.
 */
export function outline(script: string): string {
  let found = '';
  let at = 0;
  for (;;) {
    LITERAL.lastIndex = at;
    const match = LITERAL.exec(script);
    if (match === null) return found + script.slice(at);
    found += script.slice(at, match.index);
    at = match[0] === '/' ? endOfPattern(script, match.index, found) : match.index + match[0].length;
    const literal = script.slice(match.index, at);
    found += literal === '/' ? '/' : blanked(literal);
  }
}

function endOfPattern(script: string, start: number, before: string): number {
  if (!BEFORE_PATTERN.test(before.trimEnd().slice(-20))) return start + 1;
  PATTERN.lastIndex = start;
  return start + (PATTERN.exec(script)?.[0].length ?? 1);
}

/** The quotes stay, so that a text is still something; line ends stay as well. */
function blanked(literal: string): string {
  const blank = literal.replace(/[^\n]/g, ' ');
  return /^["'`]/.test(literal) ? `"${blank.slice(2)}"` : blank;
}
