import type { PlacedSampler, Test } from '../../model/index.js';
import type { IntakeTerms } from '../../protocol/index.js';
import { mediaType } from './embedded-resources.js';
import type { HttpProps } from './http-props.js';
import { settingsOf } from './http-settings.js';
import { resourceSettings } from './resource-settings.js';

/** What a request says of the body of its answer. */
export interface Wanted {
  readonly keepBody: boolean;
  readonly intake: IntakeTerms;
}

const WANTED = {};

/** All that a run's requests can want. */
interface Kinds {
  readonly md5: Wanted;
  readonly whole: Wanted;
  readonly pages: Wanted;
  readonly nothing: Wanted;
}

/** A body is kept for those who look at it: some element, or the sampler itself when it is a page with resources. */
export function wantedOf(props: HttpProps, { dataIsRead }: PlacedSampler, test: Test): Wanted {
  const kinds = test.state(WANTED, () => kindsOf(test));
  if (props.md5) return kinds.md5;
  if (dataIsRead) return kinds.whole;
  return props.imageParser ? kinds.pages : kinds.nothing;
}

function kindsOf(test: Test): Kinds {
  const { maxStored, lenientGzip, lenientDeflate } = settingsOf(test);
  const { parserOf } = resourceSettings(test);
  const plain = { decoding: { lenientGzip, lenientDeflate }, md5: false, most: Math.max(0, maxStored) };
  const wants: IntakeTerms['wants'] = ({ contentType = '' }) => parserOf(mediaType({ contentType })) !== undefined;
  return {
    md5: { keepBody: true, intake: { ...plain, md5: true } },
    whole: { keepBody: true, intake: plain },
    pages: { keepBody: true, intake: { ...plain, wants } },
    nothing: { keepBody: false, intake: plain },
  };
}
