import fs from 'node:fs';
import path from 'node:path';
import { JavaError, parseProperties } from '../../java/index.js';
import { prop, type Test } from '../../model/index.js';
import { reasonOf } from '../../problem.js';
import { parseXml, reencoded, tidy, type XmlDocument, xmlText } from '../../query/index.js';

/** How an XPath element reads its document. */
export interface DocumentProps {
  readonly tolerant: boolean;
  readonly namespaces: boolean;
  readonly quiet: boolean;
  readonly reportErrors: boolean;
  readonly showWarnings: boolean;
  readonly loadDtds: boolean;
}

/** The keys of these settings begin with the element's own word. */
export const documentProps = (word: string) => ({
  /** Read with Tidy, as HTML. */
  tolerant: prop.flag(`${word}.tolerant`),
  namespaces: prop.flag(`${word}.namespace`),
  quiet: prop.flag(`${word}.quiet`, true),
  reportErrors: prop.flag(`${word}.report_errors`),
  showWarnings: prop.flag(`${word}.show_warnings`),
  /** Otherwise external DTDs and entities count as empty. */
  loadDtds: prop.flag(`${word}.download_dtds`),
});

interface Extra {
  readonly validate?: boolean;
  readonly dropWhitespace?: boolean;
}

/**
 * The document of a text or of bytes (XPathUtil.makeDocument).
 * @throws JavaError SAXParseException, TidyException, an IOException of an external DTD, or NullPointerException of Tidy
 */
export function documentOf(source: string | Buffer, props: DocumentProps, test: Test, extra: Extra = {}): XmlDocument {
  if (props.tolerant) return tidied(typeof source === 'string' ? source : source.toString(), props, test);
  const { namespaces } = props;
  const external = props.loadDtds ? externalReader(test) : undefined;
  const text = typeof source === 'string' ? reencoded(source) : xmlText(source);
  return parseXml(text, { namespaces, sorted: true, external, ...extra });
}

/**
 * What Tidy makes of a text; one that begins with an XML declaration is read as XML. A quiet Tidy counts no errors, so that
 * none are reported then.
 */
function tidied(text: string, { quiet, showWarnings, reportErrors }: DocumentProps, { log }: Test): XmlDocument {
  const options = { clean: true, quiet, showWarnings, xml: text.startsWith('<?xml') };
  const { document, errors, warnings, report } = tidy(text, options);
  // JMeter does not expect that Tidy may give nothing.
  if (document === undefined) throw new JavaError('java.lang.NullPointerException');
  if (errors > 0 && reportErrors) {
    log.write('ERROR', 'o.a.j.u.XPathUtil', `TidyException: ${report}`);
    throw new JavaError('org.apache.jmeter.util.TidyException', `tidy: ${errors} errors, ${warnings} warnings`);
  }
  if (errors > 0) log.write('WARN', 'o.a.j.u.XPathUtil', `Tidy errors: ${report}`);
  return document;
}

/** Reads external DTDs and entities from files, relative to the working directory as Xerces does. */
export const externalReader =
  ({ workingDirectory }: Test) =>
  (systemId: string): string => {
    if (/^\w{2,}:/.test(systemId) && !systemId.startsWith('file:'))
      throw new JavaError('java.io.IOException', `Meterless does not load ${systemId}`);
    const name = path.resolve(workingDirectory, systemId.replace(/^file:(?:\/\/)?/, ''));
    try {
      return xmlText(fs.readFileSync(name));
    } catch {
      throw new JavaError('java.io.FileNotFoundException', `${name} (No such file or directory)`);
    }
  };

const PREFIXES = 'xpath.namespace.config';

/** The prefixes of the file that the property `xpath.namespace.config` names, read once a run. */
export const givenPrefixes = (test: Test): ReadonlyMap<string, string> =>
  test.state(PREFIXES, () => {
    const name = test.properties.get(PREFIXES);
    if (!name) return new Map();
    try {
      return new Map(parseProperties(fs.readFileSync(path.resolve(test.workingDirectory, name), 'latin1')));
    } catch (error) {
      test.log.write(
        'ERROR',
        'o.a.j.u.PropertiesBasedPrefixResolver',
        `Error loading namespaces from file:'${name}', message: ${reasonOf(error)}`,
      );
      return new Map();
    }
  });
