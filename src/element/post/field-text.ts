import { unescapeHtml4 } from '../../java/index.js';
import type { Sample } from '../../model/index.js';
import { documentText } from './document-text.js';

/**
 * The part of a sample that Regular Expression and Boundary Extractors read: `useHeaders` in any case, unknown = body.
 * JMeter asks for the word once per comparison, in this order; a function in it is evaluated as often.
 */
export function fieldText(sample: Sample, given: { readonly field: string }): string {
  if (is(given.field, 'url')) return sample.url ?? '';
  if (is(given.field, 'true')) return sample.responseHeaders;
  if (is(given.field, 'request_headers')) return sample.requestHeaders;
  if (is(given.field, 'code')) return sample.code;
  if (is(given.field, 'message')) return sample.message;
  if (is(given.field, 'unescaped')) return unescapeHtml4(sample.text);
  if (is(given.field, 'as_document')) return documentText(sample);
  return sample.text;
}

const is = (word: string, lower: string): boolean =>
  word === lower || (word.length === lower.length && word.toLowerCase() === lower);
