import type { PlacedSampler, Test } from '../../model/index.js';
import type { IntakeTerms } from '../../protocol/index.js';
import { mediaType } from './embedded-resources.js';
import type { HttpProps } from './http-props.js';
import { resourceSettings } from './resource-settings.js';

/** What a request says of the body of its answer. */
export interface Wanted {
  readonly keepBody: boolean;
  readonly intake: IntakeTerms;
}

/** All that a run's requests can want. */
export interface Wants {
  readonly md5: Wanted;
  readonly whole: Wanted;
  readonly pages: Wanted;
  readonly nothing: Wanted;
}

/** A body is kept for those who look at it: some element, or the sampler itself when it is a page with resources. */
export function wantedOf(wants: Wants, props: HttpProps, { dataIsRead }: PlacedSampler): Wanted {
  if (props.md5) return wants.md5;
  if (dataIsRead) return wants.whole;
  return props.imageParser ? wants.pages : wants.nothing;
}

/** What JMeter's properties say of bodies. */
export function readWants(test: Test): Wants {
  const { properties } = test;
  const { parserOf } = resourceSettings(test);
  const decoding = {
    lenientGzip: properties.flag('httpclient4.gzip_relax_mode', false),
    lenientDeflate: properties.flag('httpclient4.deflate_relax_mode', false),
  };
  /** Bytes of a body that are kept; 0 = all. */
  const most = Math.max(0, properties.int('httpsampler.max_bytes_to_store_per_request', 0));
  const plain = { decoding, md5: false, most };
  const wants: IntakeTerms['wants'] = ({ contentType = '' }) => parserOf(mediaType({ contentType })) !== undefined;
  return {
    md5: { keepBody: true, intake: { ...plain, md5: true } },
    whole: { keepBody: true, intake: plain },
    pages: { keepBody: true, intake: { ...plain, wants } },
    nothing: { keepBody: false, intake: plain },
  };
}
