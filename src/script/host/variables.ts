import type { Properties, User, Variables } from '../../model/index.js';
import { JavaEntry, JavaList, JavaSet } from '../value/collection.js';
import { Double } from '../value/number.js';
import { textOf } from '../value/value.js';
import { type Args, hostClass, method } from './host.js';

/** `vars`: JMeterVariables of one user. */
export const variablesClass = hostClass<User>('org.apache.jmeter.threads.JMeterVariables', {
  get: method(({ variables }, a) => variables.get(a.text(0)), 1),
  put: method(({ variables }, a) => putText(variables, a.text(0), a.textOrNull(1)), 2),
  getObject: method(({ variables }, a) => variables.getObject(a.text(0)), 1),
  putObject: method(({ variables }, a) => putObject(variables, a), 2),
  remove: method(({ variables }, a) => removed(variables, a.text(0)), 1),
  entrySet: method(({ variables }) => new JavaSet([...variables.entries()].map(([k, v]) => new JavaEntry(k, v)))),
  getIteration: method(({ iteration }) => iteration),
  getThreadName: method(({ threadName }) => threadName),
  isSameUserOnNextIteration: method(({ sameUserOnNextIteration }) => sameUserOnNextIteration),
});

function putText(variables: Variables, name: string, value: string | null): null {
  if (value === null) variables.remove(name);
  else variables.put(name, value);
  return null;
}

/** Rhino hands a number over as a Double: `vars.putObject("n", 5)` in JavaScript makes `${n}` 5.0. */
function putObject(variables: Variables, a: Args): null {
  const value = a.any(1);
  variables.putObject(a.text(0), a.lenient && typeof value === 'number' ? new Double(value) : value);
  return null;
}

function removed(variables: Variables, name: string): unknown {
  const before = variables.getObject(name);
  variables.remove(name);
  return before;
}

/** `props`: JMeter's properties, one set for the whole run; values that are no texts are kept as their text. */
export const propertiesClass = hostClass<Properties>(
  'java.util.Properties',
  {
    get: method((props, a) => own(props, a.text(0)), 1),
    getProperty: method((props, a) => own(props, a.text(0)) ?? (a.count > 1 ? a.textOrNull(1) : null), 1, 2),
    getOrDefault: method((props, a) => own(props, a.text(0)) ?? a.any(1), 2),
    put: method((props, a) => replaced(props, a.text(0), textOf(a.any(1))), 2),
    setProperty: method((props, a) => replaced(props, a.text(0), a.text(1)), 2),
    remove: method((props, a) => replaced(props, a.text(0), undefined), 1),
    containsKey: method((props, a) => own(props, a.text(0)) !== undefined, 1),
    contains: method((props, a) => [...props.entries()].some(([, value]) => value === a.any(0)), 1),
    size: method((props) => [...props.entries()].length),
    isEmpty: method((props) => [...props.entries()].length === 0),
    keySet: method((props) => new JavaSet([...props.entries()].map(([name]) => name))),
    propertyNames: method((props) => new JavaList([...props.entries()].map(([name]) => name))),
  },
  (props) => `{${[...props.entries()].map(([name, value]) => `${name}=${value}`).join(', ')}}`,
);

/** Only JMeter's own properties: system properties are no part of `props`. */
function own(props: Properties, name: string): string | undefined {
  for (const [key, value] of props.entries()) if (key === name) return value;
  return undefined;
}

function replaced(props: Properties, name: string, value: string | undefined): string | undefined {
  const before = own(props, name);
  if (value === undefined) props.remove(name);
  else props.set(name, value);
  return before;
}
