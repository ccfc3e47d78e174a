import {
  type CompiledPattern,
  compilePattern,
  type Dialect,
  dialectOf,
  fillTemplate,
  isBad,
  JavaError,
  type Match,
  type MatchTemplate,
  numberFormat,
  parseTemplate,
  toDouble,
  toInt,
} from '../../java/index.js';
import type { User } from '../../model/index.js';
import { fn } from '../function.js';

/**
 * A template filled by a match in the last response, or in a variable. Which match: a number from 1, `RAND`, `ALL`
 * (joined by the fourth argument), or a fraction of their number. No match, or no such one, gives the default.
 * With a name it sets `name`, `name_matchNr` and `name_g0`…; without one the groups still land in `_g0`, `_g1`….
 * Throws NumberFormatException and IndexOutOfBoundsException for a number that is none, or below 1.
 */
export const regexFunction = fn({
  name: '__regexFunction',
  min: 2,
  max: 7,
  usage: 'pattern, template, [which], [between], [default], [name], [input variable]',
  looksBack: true,
  compile:
    ([pattern, templateText, whichText, betweenText, fallbackText, nameText, input]) =>
    (user) => {
      const template = parseTemplate(templateText?.evaluate(user) ?? '');
      const which = whichText?.evaluate(user) || '1';
      const between = betweenText?.evaluate(user) ?? '';
      const fallback = fallbackText?.evaluate(user) ?? '';
      const name = nameText?.evaluate(user) ?? '';
      const variable = input?.evaluate(user) ?? '';
      const { variables, previous } = user;
      if (name !== '') variables.put(name, fallback);
      const text = variable === '' ? (previous?.text ?? '') : (variables.get(variable) ?? '');
      if (text === '') return fallback;
      const dialect = dialectOf(user.test.properties.get('jmeter.regex.engine'));
      const matches = findAll(pattern?.evaluate(user) ?? '', text, dialect, user);
      if (name !== '') variables.put(`${name}_matchNr`, String(matches?.length ?? 0));
      // A pattern that does not compile contributes nothing, not even the default.
      if (matches === undefined) return '';
      const chosen = choose(matches, which, user);
      if (chosen.length === 0) return fallback;
      return chosen.map((match) => fill(match, template, dialect, name, user)).join(between);
    },
});

function findAll(source: string, text: string, dialect: Dialect, user: User): readonly Match[] | undefined {
  const pattern = compilePattern(source, { dialect });
  if (!isBad(pattern)) return allMatches(pattern, text);
  if (pattern.unsupported !== undefined) throw pattern.error;
  user.test.log.write('ERROR', 'o.a.j.f.RegexFunction', `Malformed cache pattern:${source}`);
  return undefined;
}

function allMatches(pattern: CompiledPattern, text: string): readonly Match[] {
  const matches: Match[] = [];
  for (let match = pattern.find(text); match !== undefined; match = pattern.find(text, match)) matches.push(match);
  return matches;
}

function choose(matches: readonly Match[], which: string, user: User): readonly Match[] {
  if (matches.length === 0 || which === 'ALL') return matches;
  if (which === 'RAND') return [at(matches, Math.floor(user.random() * matches.length))];
  const number = toInt(which);
  if (number !== undefined) return number > matches.length ? [] : [at(matches, number - 1)];
  const ratio = toDouble(which);
  if (ratio === undefined) throw numberFormat(which);
  // Float arithmetic, then a cast, in which not-a-number is 0.
  return [at(matches, Math.trunc(Math.fround(matches.length * Math.fround(ratio)) + 0.5 || 0) - 1)];
}

function at(matches: readonly Match[], index: number): Match {
  const match = matches[index];
  if (match !== undefined) return match;
  throw new JavaError(
    index < 0 ? 'java.lang.ArrayIndexOutOfBoundsException' : 'java.lang.IndexOutOfBoundsException',
    `Index ${index} out of bounds for length ${matches.length}`,
  );
}

function fill(match: Match, template: MatchTemplate, dialect: Dialect, name: string, { variables }: User): string {
  match.groups.forEach((group, i) => {
    variables.putObject(`${name}_g${i}`, group);
  });
  const text = fillTemplate(template, match, dialect === 'java');
  if (text === undefined) throw new JavaError('java.lang.IndexOutOfBoundsException', 'No group');
  if (name !== '') variables.put(name, text);
  return text;
}
