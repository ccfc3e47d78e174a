import fs from 'node:fs';
import path from 'node:path';
import { propertyText } from '../../jmx/index.js';
import { type AssertionResult, element, prop, type Test } from '../../model/index.js';
import { type Problem, problems } from '../../problem.js';
import { loadSchema, SchemaError, schemaProblem, type XmlSchema, xmlText } from '../../query/index.js';
import { externalReader } from '../post/xml-document.js';

const KEY = 'xmlschema_assertion_filename';

/** Checks the response by an XML Schema. */
export const xmlSchemaAssertion = element({
  tag: 'XMLSchemaAssertion',
  gui: 'XMLSchemaAssertionGUI',
  call: 'expect.schema',
  props: { file: prop.text(KEY) },

  check: (plan) => checkSchema(propertyText(plan, KEY) ?? '', plan.name),

  assert(props, user, sample, result) {
    const { text } = sample;
    if (text === '') {
      result.fail('Response was null');
      return;
    }
    const { file } = props;
    if (file === '') {
      result.fail('FileName is required');
      return;
    }
    judge(text, file, user.test, result);
  },
});

const SCHEMAS = 'schemas of the XML Schema Assertion';

/** A schema is read once a run; one that cannot be used is tried again each time, as it is by JMeter. */
function schemaOf(file: string, test: Test): XmlSchema {
  const known = test.state(SCHEMAS, () => new Map<string, XmlSchema>());
  let schema = known.get(file);
  if (schema === undefined) {
    schema = load(file, test.workingDirectory);
    known.set(file, schema);
  }
  return schema;
}

const load = (file: string, directory: string): XmlSchema =>
  loadSchema(file, (location, from) => {
    const name = path.resolve(
      from === undefined ? directory : path.dirname(from),
      location.replace(/^file:(?:\/\/)?/, ''),
    );
    try {
      return { name, text: xmlText(fs.readFileSync(name)) };
    } catch {
      return undefined;
    }
  });

function judge(text: string, file: string, test: Test, result: AssertionResult): void {
  try {
    const problem = schemaProblem(text, () => schemaOf(file, test), externalReader(test));
    if (problem === undefined) return;
    const { line, column, message } = problem.error;
    result.error = true;
    result.message = `${problem.severity}: ${line === undefined ? '' : `line=${line} col=${column} `}${message}`;
  } catch (error) {
    if (!(error instanceof SchemaError)) throw error;
    result.fail(`Meterless cannot check ${error.message} of a schema`);
  }
}

/** Tells before the run what of a schema is not built in; a file that cannot be read fails when it runs, as in JMeter. */
function checkSchema(file: string, name: string): readonly Problem[] {
  if (file === '' || file.includes('${')) return [];
  try {
    load(file, '.');
    return [];
  } catch (error) {
    if (error instanceof SchemaError && error.unsupported)
      return [
        problems.elementCannotRun(`${name}: the schema ${file} has ${error.message}, which Meterless cannot check`),
      ];
    if (error instanceof SchemaError) return [];
    throw error;
  }
}
