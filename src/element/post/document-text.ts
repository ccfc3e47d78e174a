import { JavaError } from '../../java/index.js';
import { type PlanElement, propertyText } from '../../jmx/index.js';
import type { Sample } from '../../model/index.js';
import { type Problem, problems } from '../../problem.js';

/**
 * The text Tika gives JMeter 5.6.3 for a body. As installed it knows no encoding, so for any text, HTML or JSON that is
 * its own error; for nothing it is another. Throws where Tika would really read a document (XML that says so, binary
 * files): that is not built in.
 */
export function documentText(sample: Sample): string {
  const { data } = sample;
  if (data.length === 0) return 'org.apache.tika.exception.ZeroByteFileException: InputStream must have > 0 bytes';
  if (
    data.includes(0) ||
    data.subarray(0, 5).toString('latin1') === '<?xml' ||
    MAGIC.test(data.toString('latin1', 0, 8))
  )
    throw new JavaError('java.lang.UnsupportedOperationException', 'Meterless cannot read documents as Tika does');
  return 'org.apache.tika.exception.TikaException: Failed to detect the character encoding of a document';
}

/** What files begin with that Tika reads: PDF, ZIP, GIF, PNG, JPEG, Office, gzip, PostScript. */
const MAGIC = /^(?:%PDF|PK\x03\x04|GIF8|\x89PNG|\xff\xd8\xff|\xd0\xcf\x11\xe0|\x1f\x8b|%!PS)/;

/** Tells that a property asks for Tika. */
export function checkDocument(plan: PlanElement, key: string, word: string): readonly Problem[] {
  if (propertyText(plan, key)?.toLowerCase() !== word.toLowerCase()) return [];
  return [
    problems.differs(
      `${plan.name} reads the response as a document: for plain text, HTML and JSON this gives the same error text as JMeter 5.6.3, XML and binary documents cannot be read`,
    ),
  ];
}
