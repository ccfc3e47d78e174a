import { type Cursor, invalidPath } from './cursor.js';
import type { Parameter, Path } from './path.js';

/**
 * The arguments of a function, from after its `(` to after its `)`: JSON when they begin with a quote, a brace, a digit or
 * a minus, paths when with `$` or `@`; anything else is skipped, as in json-path 2.8.
 */
export function parseParameters(at: Cursor, name: string, path: (text: string) => Path): readonly Parameter[] {
  const found: Parameter[] = [];
  const depth = { paren: 1, bracket: 0, brace: 0, quote: 0 };
  let kind: 'json' | 'path' | undefined;
  let text = '';
  let prior = '';
  const finish = (): void => {
    if (kind === 'json') found.push({ json: text });
    else if (kind === 'path') found.push({ path: path(text) });
    text = '';
    kind = undefined;
  };
  const level = (): boolean => depth.quote === 0 && depth.brace === 0 && depth.bracket === 0;
  for (let ended = false; at.inBounds() && !ended; ) {
    const c = at.current;
    at.position++;
    if (kind === undefined) {
      if (/[ \t\r\n]/.test(c)) continue;
      kind = /[{0-9"-]/.test(c) ? 'json' : c === '$' || c === '@' ? 'path' : undefined;
    }
    count(depth, c, prior, at);
    if (c === ')' && (depth.paren < 0 || prior === '(')) text += c;
    if ((c === ')' && depth.paren === 0 && level()) || ((c === ',' || c === ')') && depth.paren === 1 && level())) {
      ended = depth.paren === 0;
      finish();
    }
    if (kind !== undefined && !(c === ',' && depth.brace === 0 && depth.bracket === 0 && depth.paren === 1)) text += c;
    prior = c;
  }
  if (depth.brace !== 0 || depth.paren !== 0 || depth.bracket !== 0)
    throw invalidPath(`Arguments to function: '${name}' are not closed properly.`);
  return found;
}

function count(
  depth: { paren: number; bracket: number; brace: number; quote: number },
  c: string,
  prior: string,
  at: Cursor,
): void {
  if (c === '"') depth.quote += prior !== '\\' && depth.quote > 0 ? -1 : 1;
  else if (c === '(') depth.paren++;
  else if (c === ')') depth.paren--;
  else if (c === '{') depth.brace++;
  else if (c === '[') depth.bracket++;
  else if (c === '}' && depth.brace-- === 0)
    throw invalidPath(`Unexpected close brace '}' at character position: ${at.position}`);
  else if (c === ']' && depth.bracket-- === 0)
    throw invalidPath(`Unexpected close bracket ']' at character position: ${at.position}`);
}
