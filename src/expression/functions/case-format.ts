import { capitalize } from '../../java/index.js';
import { fn } from '../function.js';
import { store } from '../store.js';

/** The words of a text, parted by blanks, `-` and `_`, in another way of writing; unknown ways change nothing. */
export const caseFormat = fn({
  name: '__caseFormat',
  min: 1,
  max: 3,
  usage: 'text, [LOWER_CAMEL_CASE | UPPER_CAMEL_CASE | SNAKE_CASE | KEBAB_CASE | TRAIN_CASE | …], [variable]',
  compile:
    ([text, mode, variable]) =>
    (user) => {
      const given = text?.evaluate(user) ?? '';
      const asked = mode?.evaluate(user) || 'LOWER_CAMEL_CASE';
      const format = MODES.get(asked.toUpperCase());
      if (format === undefined)
        user.test.log.write('ERROR', 'k.a.j.f.CaseFormat', `Unknown mode ${asked}, returning ${given} unchanged`);
      const value = format === undefined ? given : format(words(given));
      store(user, variable, value);
      return value;
    },
});

type Format = (words: readonly string[]) => string;
const snake: Format = (words) => words.join('_').toLowerCase();
const kebab: Format = (words) => words.join('-').toLowerCase();
const upperCamel: Format = (words) => words.map((word) => capitalize(word.toLowerCase())).join('');
const lowerCamel: Format = ([first = '', ...rest]) => first.toLowerCase() + upperCamel(rest);

const MODES: ReadonlyMap<string, Format> = new Map([
  ['LOWER_CAMEL_CASE', lowerCamel],
  ['UPPER_CAMEL_CASE', upperCamel],
  ['SNAKE_CASE', snake],
  ['LOWER_UNDERSCORE', snake],
  ['KEBAB_CASE', kebab],
  ['LISP_CASE', kebab],
  ['SPINAL_CASE', kebab],
  ['LOWER_HYPHEN', kebab],
  ['TRAIN_CASE', (words) => words.join('-').toUpperCase()],
  ['UPPER_UNDERSCORE', (words) => words.join('_').toUpperCase()],
]);

/** Pattern.split: a first part may be empty, last ones are dropped. */
function words(text: string): readonly string[] {
  const parts = text.split(/[ \t-\r\-_]+/);
  const end = parts.findLastIndex((part) => part !== '');
  return parts.length === 1 ? parts : parts.slice(0, end + 1);
}
