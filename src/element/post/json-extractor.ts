import { isBlank, JavaError, javaTrim, parseInteger } from '../../java/index.js';
import { element, type PropsOf, prop, type User } from '../../model/index.js';
import { compilePath, extractTexts, type Path, type PathMemory } from '../../query/index.js';
import { removeNumbered } from './left-over.js';
import { scopeProps, textsInScope } from './sample-scope.js';
import { namesBeside } from './variable-names.js';

/** Puts values of a JSON document into variables, by JsonPath; several at once, separated by `;`. */
export const jsonExtractor = element({
  tag: 'JSONPostProcessor',
  gui: 'JSONPostProcessorGui',
  call: 'extract.json',
  props: {
    variables: prop.text('JSONPostProcessor.referenceNames'),
    paths: prop.text('JSONPostProcessor.jsonPathExprs'),
    /** 0 = any, negative = all. */
    matches: prop.text('JSONPostProcessor.match_numbers'),
    fallbacks: prop.text('JSONPostProcessor.defaultValues'),
    joinAll: prop.flag('JSONPostProcessor.compute_concat'),
    ...scopeProps,
  },

  after(props, user, sample, self) {
    const sources = textsInScope(props, user, sample);
    for (const wanted of wantedBy(props, user, self)) extract(wanted, sources, props, user);
  },
});

const CATEGORY = 'o.a.j.e.j.j.JSONPostProcessor';
/** Compiled paths live as long as the thread in JMeter, with what they remember. */
const MEMORY = {};
const newMemory = (): PathMemory => new WeakMap();
type Props = PropsOf<typeof jsonExtractor>;

interface Wanted {
  readonly name: string;
  readonly path: string;
  /** Undefined until it was asked for: a wrong path fails only then. */
  compiled: Path | undefined;
  readonly fallback: string;
  readonly number: number;
}

/** The four lists as they were read last, and what they ask for. */
interface Lists {
  readonly variables: string;
  readonly paths: string;
  readonly fallbacks: string;
  readonly matches: string;
  readonly wanted: readonly Wanted[];
}
const LISTS = new WeakMap<object, Lists>();

/** What the lists ask for, taken apart again only when one of them has changed. */
function wantedBy({ variables, paths, fallbacks, matches }: Props, user: User, self: object): readonly Wanted[] {
  const known = LISTS.get(self);
  if (
    known?.variables === variables &&
    known.paths === paths &&
    known.fallbacks === fallbacks &&
    known.matches === matches
  )
    return known.wanted;
  const wanted = takeApart(split(variables), split(paths), split(fallbacks), matches, user);
  LISTS.set(self, { variables, paths, fallbacks, matches, wanted });
  return wanted;
}

function takeApart(
  names: readonly string[],
  paths: readonly string[],
  fallbacks: readonly string[],
  matches: string,
  user: User,
): readonly Wanted[] {
  const numbers = matchNumbers(matches, fallbacks.length);
  if (names.length !== paths.length || names.length !== fallbacks.length) throw mismatch(user);
  return paths.map((path, i) => {
    const [name = '', fallback = '', number = 0] = [names[i], fallbacks[i], numbers[i]];
    return { name: javaTrim(name), path: javaTrim(path), compiled: undefined, fallback, number };
  });
}

/** String.split(";") of Java: empty texts at the end are dropped, an empty text is one empty part. */
function split(text: string): readonly string[] {
  if (text === '') return [''];
  const parts = text.split(';');
  while (parts.at(-1) === '') parts.pop();
  return parts;
}

/** More numbers than default values, or a text that is none, end the sample in JMeter. */
function matchNumbers(text: string, count: number): readonly number[] {
  if (isBlank(text)) return [];
  return split(text).map((part, i) => {
    const number = parseInteger(javaTrim(part));
    if (i >= count)
      throw new JavaError('java.lang.ArrayIndexOutOfBoundsException', `Index ${i} out of bounds for length ${count}`);
    return number;
  });
}

function mismatch(user: User): JavaError {
  user.test.log.write(
    'ERROR',
    CATEGORY,
    "Number of JSON Path variables must match number of default values and json-path expressions, check you use separator ';' if you have many values",
  );
  return new JavaError(
    'java.lang.IllegalArgumentException',
    'Mismatch between number of variables, json expressions and default values',
  );
}

function extract(wanted: Wanted, sources: readonly string[], props: Props, user: User): void {
  const { variables } = user;
  const { name, fallback } = wanted;
  removeNumbered(user, name);
  if (sources.length === 0) {
    variables.put(name, fallback);
    return;
  }
  try {
    store(wanted, hits(wanted, sources, user), props, user);
  } catch (error) {
    if (!(error instanceof JavaError)) throw error;
    user.test.log.write('ERROR', CATEGORY, `Error processing JSON content in ${props.name}, message: ${error.message}`);
    variables.put(name, fallback);
  }
}

function hits(wanted: Wanted, sources: readonly string[], user: User): readonly (string | undefined)[] {
  wanted.compiled ??= compilePath(wanted.path);
  const { compiled } = wanted;
  const memory = user.state(MEMORY, newMemory);
  if (sources.length === 1) return extractTexts(compiled, sources[0] ?? '', memory);
  return sources.flatMap((text) => extractTexts(compiled, text, memory));
}

/** A hit that is null becomes the default value. */
function store(
  { name, fallback, number }: Wanted,
  found: readonly (string | undefined)[],
  props: Props,
  user: User,
): void {
  const { variables } = user;
  const count = found.length;
  if (count === 0) variables.put(name, fallback);
  else if (number < 0)
    found.forEach((text, i) => {
      variables.put(`${name}_${i + 1}`, text ?? fallback);
    });
  else {
    // A single hit is taken whatever number is asked for.
    const at = count === 1 ? 0 : number === 0 ? Math.floor(user.random() * count) : number - 1;
    variables.put(name, found[at] ?? fallback);
  }
  if (number < 0 && props.joinAll) variables.put(`${name}_ALL`, found.map((text) => text ?? fallback).join(','));
  if (number !== 0 || count === 0) variables.put(namesBeside(name).matchNr, String(count));
}
