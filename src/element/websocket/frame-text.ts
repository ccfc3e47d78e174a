import type { WebSocketFrame } from '../../protocol/index.js';
import { formatBinary } from './binary-text.js';

/** What the plugin's messages say of a frame. */
export function describeFrame(frame: WebSocketFrame): string {
  switch (frame.kind) {
    case 'text':
      return `Text frame with text '${frame.text}'`;
    case 'binary':
      return frame.data.length > 0
        ? `Binary frame, payload (length ${frame.data.length}): ${formatBinary(frame.data, 16, ' ...')}`
        : 'Binary frame, empty payload';
    case 'close':
      return `Close frame with status code ${frame.status ?? null} and close reason '${frame.reason ?? null}'`;
    default: {
      const kind = frame.kind === 'ping' ? 'Ping' : 'Pong';
      return frame.data.length > 0
        ? `${kind} frame with application data '${frame.data.toString()}'`
        : `${kind} frame with no application data`;
    }
  }
}

/** The plugin's name of a frame's type. */
export function typeName({ kind, final, continuation }: WebSocketFrame): string {
  if (kind !== 'text' && kind !== 'binary') return kind;
  if (continuation) return final ? 'final continuation' : 'continuation';
  return final ? kind : `non-final ${kind}`;
}
