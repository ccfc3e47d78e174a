import { parseXml, XmlParseError } from '../xml/index.js';
import type { Schema } from './components.js';
import { SchemaError } from './schema-error.js';
import { Validator } from './validator.js';

export type { Schema as XmlSchema } from './components.js';
export type { ReadSchema } from './load.js';
export { loadSchema } from './load.js';
export { SchemaError } from './schema-error.js';

/** What is wrong with a document, and how bad: an `error` of validity, or a document that is not well-formed. */
export interface SchemaProblem {
  readonly severity: 'error' | 'fatal';
  readonly error: XmlParseError;
}

class Invalid extends Error {
  constructor(readonly error: XmlParseError) {
    super(error.message);
  }
}

/**
 * The first thing Xerces says of a document when it validates it by a schema; undefined when it is valid. The schema is asked
 * for when the root element has been read; what is wrong with it is told there.
 */
export function schemaProblem(
  text: string,
  schema: () => Schema,
  external?: (systemId: string) => string,
): SchemaProblem | undefined {
  const wrong = (error: unknown): never => {
    throw error instanceof XmlParseError ? new Invalid(error) : error;
  };
  try {
    parseXml(text, {
      namespaces: true,
      mergeText: true,
      external,
      observer(place) {
        let validator: Validator | undefined;
        return {
          start(element) {
            validator ??= new Validator(loaded(schema, wrong, place), place, wrong);
            validator.start(element);
          },
          end: () => validator?.end(),
          text: (value, parent, isSpace) => validator?.text(value, parent, isSpace),
          ended: () => validator?.ended(),
        };
      },
    });
    return undefined;
  } catch (error) {
    if (error instanceof Invalid) return { severity: 'error', error: error.error };
    if (error instanceof XmlParseError) return { severity: 'fatal', error };
    throw error;
  }
}

/** The schema, or its own error: at its own place when that is known. */
function loaded(
  schema: () => Schema,
  wrong: (error: unknown) => never,
  place: { error(message: string): XmlParseError },
): Schema {
  try {
    return schema();
  } catch (error) {
    if (!(error instanceof SchemaError) || error.unsupported) throw error;
    const told =
      error.line === undefined
        ? place.error(error.message)
        : new XmlParseError(error.message, error.line, error.column);
    // A schema that is not well-formed is as bad as such a document.
    if (error.fatal) throw told;
    return wrong(told);
  }
}
