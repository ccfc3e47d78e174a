import { unescapeHtml4 } from '../../java/index.js';
import type { Sample } from '../../model/index.js';
import { documentText } from './document-text.js';

/** The part of a sample that Regular Expression and Boundary Extractors read: `useHeaders` in any case, unknown = body. */
export function fieldText(sample: Sample, field: string): string {
  switch (field.toLowerCase()) {
    case 'url':
      return sample.url ?? '';
    case 'true':
      return sample.responseHeaders;
    case 'request_headers':
      return sample.requestHeaders;
    case 'code':
      return sample.code;
    case 'message':
      return sample.message;
    case 'unescaped':
      return unescapeHtml4(sample.text);
    case 'as_document':
      return documentText(sample);
    default:
      return sample.text;
  }
}
