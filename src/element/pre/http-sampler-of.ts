import { urlDecode, urlEncode } from '../../java/index.js';
import type { PlacedSampler, User } from '../../model/index.js';
import type { HttpArgument, httpProps } from '../http/http-props.js';
import { httpSampler } from '../http/http-sampler.js';

export type PlacedHttp = PlacedSampler<typeof httpProps>;

/** The sampler that is about to run, if it is an HTTP Request: the pre-processors for HTTP leave all others alone. */
export function httpSamplerOf({ sampler }: User): PlacedHttp | undefined {
  // Elements are compared by identity: which properties the found one has follows from that.
  return (sampler?.element as unknown) === httpSampler ? (sampler as unknown as PlacedHttp) : undefined;
}

/** An argument that no plan holds. */
export const httpArgument = (
  name: string,
  value: string,
  { metadata = '=', alwaysEncode }: { metadata?: string; alwaysEncode: boolean },
): HttpArgument => ({ name, value, metadata, alwaysEncode, contentType: 'text/plain' });

/** An argument that stands encoded in a page or a path; it is encoded again only if that makes a difference. */
export function encodedArgument(writtenName: string, writtenValue: string, metadata: string): HttpArgument {
  const name = urlDecode(writtenName);
  const value = urlDecode(writtenValue);
  const alwaysEncode = name !== urlEncode(name) || value !== urlEncode(value);
  return httpArgument(name, value, { metadata, alwaysEncode });
}
