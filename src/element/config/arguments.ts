import { type Argument, argument, element, prop } from '../../model/index.js';

/** User Defined Variables: evaluated once before the run, wherever they stand; also defaults for argument tables. */
export const userDefinedVariables = element({
  tag: 'Arguments',
  gui: 'ArgumentsPanel',
  call: 'variables',
  props: { rows: prop.list('Arguments.arguments', argument) },
  config: { merges: true },
  variables: ({ rows }) => firstOfEachName(rows),
});

/**
 * Names and values of a table; of equal names the first counts, and later values are not even evaluated. JMeter asks for
 * the name once to see whether it is known and again to store the value (Arguments.getArgumentsAsMap 5.6.3).
 */
export function* firstOfEachName(rows: readonly Argument[]): Generator<readonly [name: string, value: string]> {
  const seen = new Set<string>();
  for (const row of rows) {
    if (seen.has(row.name)) continue;
    const { name, value } = row;
    seen.add(name);
    yield [name, value];
  }
}
