/**
 * Whether a conditional comment (`if lt IE 9`) is for this version of Internet Explorer. As Jodd 5.0.13 reads it, a term
 * without a version (`IE`, `true`) is for nobody, and `IE 5` is not for 5.5 (HtmlCCommentExpressionMatcher).
 */
export function isForVersion(expression: string, version: number): boolean {
  const [, terms] = /^if\s+(.*)$/s.exec(expression.trim()) ?? [];
  if (terms === undefined) return false;
  return terms.split('|').some((part) => part.split('&').every((term) => matches(term.trim(), version)));
}

const TERM = /^(!)?\(?\s*(!)?(?:(lte?|gte?)\s+)?IE\s+(\d+(?:\.\d+)?)\s*\)?$/;

function matches(term: string, version: number): boolean {
  const [, outer, inner, operator, number] = TERM.exec(term) ?? [];
  if (number === undefined) return false;
  return compare(operator, version, Number(number)) !== ((outer ?? inner) !== undefined);
}

function compare(operator: string | undefined, version: number, number: number): boolean {
  switch (operator) {
    case 'lt':
      return version < number;
    case 'lte':
      return version <= number;
    case 'gt':
      return version > number;
    case 'gte':
      return version >= number;
    default:
      return version === number;
  }
}
