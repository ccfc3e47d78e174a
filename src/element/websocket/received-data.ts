import type { Sample, User } from '../../model/index.js';
import type { WebSocketFrame } from '../../protocol/index.js';

/** The data of a received frame as the sample's; variable `websocket.last_frame_final` says whether a message ended. */
export function setReceived(frame: WebSocketFrame, binary: boolean, sample: Sample, user: User): void {
  if (binary) {
    sample.setData(frame.data);
    sample.dataType = 'bin';
  } else {
    sample.setText(frame.text);
    sample.encoding = 'UTF-8';
    sample.dataType = 'text';
  }
  user.variables.put('websocket.last_frame_final', frame.final ? 'true' : 'false');
}
