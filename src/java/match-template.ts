import { parseInteger } from './number.js';
import type { Match } from './regex.js';

/** A template such as `$1$-$2$`: texts, and numbers of groups. */
export type MatchTemplate = readonly (string | number)[];

/** Cuts a template at `$n$`; throws NumberFormatException for a number that is too large. */
export function parseTemplate(text: string): MatchTemplate {
  return text
    .split(/\$(\p{Nd}+)\$/u)
    .map((part, i) => (i % 2 === 1 ? parseInteger(part) : part))
    .filter((part) => part !== '');
}

/** The text of a match; a group without part prints `null`. Undefined where java.util.regex has no such group. */
export function fillTemplate(template: MatchTemplate, match: Match, strict: boolean): string | undefined {
  let text = '';
  for (const part of template) {
    if (typeof part === 'string') text += part;
    else if (strict && part >= match.groups.length) return undefined;
    else text += match.groups[part] ?? 'null';
  }
  return text;
}
