import { JavaError } from '../../java/index.js';
import { parseXml, type XmlDocument, XmlParseError } from '../xml/index.js';
import { saxonError } from './error.js';

/**
 * The document of a text as Saxon builds it.
 * @throws JavaError SaxonApiException, with the parser's whole text
 */
export function saxonDocument(
  xml: string,
  external?: (systemId: string, publicId: string | undefined) => string,
): XmlDocument {
  try {
    return parseXml(xml, { namespaces: true, mergeText: true, dropWhitespace: true, external });
  } catch (error) {
    if (error instanceof XmlParseError) throw saxonError(String(error));
    // A DTD that is not there.
    if (error instanceof JavaError && error.javaClass.startsWith('java.io.'))
      throw saxonError('I/O error reported by XML parser processing null');
    throw error;
  }
}
