import { JavaError, toInt } from '../../java/index.js';
import { element, type Named, prop } from '../../model/index.js';
import type { WebSocketFrame } from '../../protocol/index.js';
import { containsBytes, parseBinary } from './binary-text.js';
import { comparison } from './comparison.js';

const props = {
  comparison: prop.text('comparisonType', 'IsPlain'),
  /** Bytes in hex; what is no hex counts as no bytes. */
  value: prop.text('matchValue'),
  /** Where to look, for the comparisons with Contains; anywhere when it is no number. */
  position: prop.text('matchPosition'),
};

/** Discards binary frames that compare so with some bytes, before the samplers in its scope see them. */
export const binaryFrameFilter = element({
  tag: 'eu.luminis.jmeter.wssampler.BinaryFrameFilter',
  gui: 'eu.luminis.jmeter.wssampler.BinaryFrameFilterGui',
  call: 'websocket.discardBinary',
  props,
  config: { merges: false },
});

/** Which frames the filter discards; throws for an unknown comparison, and on a frame for a negative position. */
export function prepareBinaryFilter(given: Named<typeof props>): (frame: WebSocketFrame) => boolean {
  const { kind, not } = comparison(given.comparison);
  if (kind === 'IsPlain') return (frame) => frame.kind === 'binary';
  const matches = binaryMatcher(kind, kind.endsWith('Regex') ? Buffer.alloc(0) : bytesOf(given.value), given);
  return (frame) => frame.kind === 'binary' && matches(frame.data) !== not;
}

function binaryMatcher(
  kind: string,
  value: Buffer,
  { position }: { readonly position: string },
): (data: Buffer) => boolean {
  switch (kind) {
    case 'Contains': {
      const at = toInt(position);
      return at === undefined ? (data) => containsBytes(data, value) : (data) => standsAt(data, value, at);
    }
    case 'Equals':
      return (data) => data.equals(value);
    case 'StartsWith':
      return (data) => data.subarray(0, value.length).equals(value);
    case 'EndsWith':
      return (data) => data.subarray(Math.max(0, data.length - value.length)).equals(value);
    default:
      return () => {
        throw new JavaError('java.lang.RuntimeException', 'unknown comparison type');
      };
  }
}

function standsAt(data: Buffer, value: Buffer, at: number): boolean {
  if (value.length === 0 || at + value.length > data.length) return false;
  if (at < 0)
    throw new JavaError(
      'java.lang.ArrayIndexOutOfBoundsException',
      `Index ${at} out of bounds for length ${data.length}`,
    );
  return data.subarray(at, at + value.length).equals(value);
}

function bytesOf(text: string): Buffer {
  try {
    return parseBinary(text);
  } catch (error) {
    // The plugin logs that the filter does nothing, and then compares with no bytes at all.
    if (error instanceof JavaError) return Buffer.alloc(0);
    throw error;
  }
}
