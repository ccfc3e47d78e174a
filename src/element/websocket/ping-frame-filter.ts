import { element, type Named, prop } from '../../model/index.js';
import type { WebSocketFrame } from '../../protocol/index.js';
import { noEnum } from './comparison.js';

const props = {
  /** Answers each discarded ping with a pong of the same data. */
  replyToPing: prop.flag('replyToPing'),
  discard: prop.text('filterType', 'FilterAll'),
};

/** Discards pings, pongs or both, before the samplers in its scope see them. */
export const pingFrameFilter = element({
  tag: 'eu.luminis.jmeter.wssampler.PingFrameFilter',
  gui: 'eu.luminis.jmeter.wssampler.PingFrameFilterGui',
  call: 'websocket.discardPings',
  props,
  config: { merges: false },
});

/** Whether the filter discards this frame; an unknown kind of filter throws when the frame is there. */
export function matchesPing({ discard }: Named<typeof props>, { kind }: WebSocketFrame): boolean {
  switch (discard) {
    case 'FilterAll':
      return kind === 'ping' || kind === 'pong';
    case 'FilterPingOnly':
      return kind === 'ping';
    case 'FilterPongOnly':
      return kind === 'pong';
    default:
      throw noEnum('eu.luminis.jmeter.wssampler.PingFrameFilter.PingFilterType', discard);
  }
}
