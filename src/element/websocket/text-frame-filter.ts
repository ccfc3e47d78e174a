import { type CompiledPattern, compilePattern, isBad } from '../../java/index.js';
import { element, type Named, prop } from '../../model/index.js';
import type { WebSocketFrame } from '../../protocol/index.js';
import { comparison } from './comparison.js';

const props = {
  comparison: prop.text('comparisonType', 'IsPlain'),
  value: prop.text('matchValue'),
};

/** Discards text frames that compare so with a text, before the samplers in its scope see them. */
export const textFrameFilter = element({
  tag: 'eu.luminis.jmeter.wssampler.TextFrameFilter',
  gui: 'eu.luminis.jmeter.wssampler.TextFrameFilterGui',
  call: 'websocket.discardText',
  props,
  config: { merges: false },
});

/** Which frames the filter discards; throws for an unknown comparison and for a bad regular expression. */
export function prepareTextFilter(given: Named<typeof props>): (frame: WebSocketFrame) => boolean {
  const { kind, not } = comparison(given.comparison);
  const { value } = given;
  const matches = textMatcher(kind, value);
  return (frame) => frame.kind === 'text' && matches(frame.text) !== not;
}

function textMatcher(kind: string, value: string): (text: string) => boolean {
  switch (kind) {
    case 'Contains':
      return (text) => text.includes(value);
    case 'Equals':
      return (text) => text === value;
    case 'StartsWith':
      return (text) => text.startsWith(value);
    case 'EndsWith':
      return (text) => text.endsWith(value);
    case 'ContainsRegex': {
      const pattern = compile(value);
      return (text) => pattern.contains(text);
    }
    case 'EqualsRegex': {
      const pattern = compile(value);
      return (text) => pattern.matches(text);
    }
    default:
      return () => true;
  }
}

function compile(value: string): CompiledPattern {
  const pattern = compilePattern(value, { dialect: 'java' });
  if (isBad(pattern)) throw pattern.error;
  return pattern;
}
