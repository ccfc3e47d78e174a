/** One user and the WebSocket samplers at their places. */
import { afterEach } from 'vitest';
import { WebSocketServer } from 'ws';
import { binaryFrameFilter } from '../../../src/element/websocket/binary-frame-filter.js';
import { closeWebSocketSampler } from '../../../src/element/websocket/close-websocket-sampler.js';
import { openWebSocketSampler } from '../../../src/element/websocket/open-websocket-sampler.js';
import { pingFrameFilter } from '../../../src/element/websocket/ping-frame-filter.js';
import { pingPongSampler } from '../../../src/element/websocket/ping-pong-sampler.js';
import { requestResponseWebSocketSampler } from '../../../src/element/websocket/request-response-websocket-sampler.js';
import { singleReadWebSocketSampler } from '../../../src/element/websocket/single-read-websocket-sampler.js';
import { singleWriteWebSocketSampler } from '../../../src/element/websocket/single-write-websocket-sampler.js';
import { textFrameFilter } from '../../../src/element/websocket/text-frame-filter.js';
import type { Awaitable, Element, PlacedSampler, Props, Sample, User } from '../../../src/model/index.js';
import { fakeUser } from '../../kit.js';
import { type Given, place, takeSample } from '../../kit-element.js';

type Values = Readonly<Record<string, Given>>;
type Options = NonNullable<Parameters<typeof place>[1]>;

const taking =
  <P extends Props>(element: Element<P>) =>
  (options: Options, user: User): Awaitable<Sample | undefined> =>
    takeSample(place(element, options), user);
const samplers = {
  open: taking(openWebSocketSampler),
  close: taking(closeWebSocketSampler),
  ping: taking(pingPongSampler),
  read: taking(singleReadWebSocketSampler),
  write: taking(singleWriteWebSocketSampler),
  request: taking(requestResponseWebSocketSampler),
};

// What is placed in scope is looked at by element, whatever its properties.
export const inScope = <P extends Props>(element: Element<P>, name: string, props: Values): PlacedSampler<Props> =>
  place(element, { name, props }) as unknown as PlacedSampler<Props>;
const filtering =
  <P extends Props>(element: Element<P>) =>
  (name: string, props: Values) =>
    inScope(element, name, props);
export const filters = {
  text: filtering(textFrameFilter),
  binary: filtering(binaryFrameFilter),
  ping: filtering(pingFrameFilter),
};

const ended: (() => void)[] = [];
afterEach(() => {
  for (const end of ended.splice(0)) end();
});

export class Scene {
  readonly user: User;
  configs: readonly PlacedSampler<Props>[] = [];

  constructor(
    readonly port: number,
    over: Partial<User> = {},
  ) {
    this.user = fakeUser(over);
    ended.push(() => {
      this.user.test.properties.set('websocket.thread.stop.policy', 'tcpClose');
      this.end();
    });
  }

  async take(kind: keyof typeof samplers, props: Values = {}): Promise<Sample> {
    const address =
      kind === 'close' || kind === 'ping' ? {} : { server: '127.0.0.1', port: `${this.port}`, path: '/ws' };
    const fields = kind === 'request' ? { createNewConnection: false } : {};
    const options = {
      name: kind,
      props: { readTimeout: '1000', ...address, ...fields, ...props },
      configs: this.configs,
    };
    const sample = await samplers[kind](options, this.user);
    if (sample === undefined) throw new Error('no sample');
    return sample;
  }

  end(): void {
    openWebSocketSampler.threadFinished?.(
      place(openWebSocketSampler).props(this.user),
      this.user,
      place(openWebSocketSampler),
    );
  }
}

/** Code, message and success. */
export const said = ({ code, message, success }: Sample): readonly [string, string, boolean] => [
  code,
  message,
  success,
];

/** A server that echoes; `ping`, `close:CODE:REASON`, `binary` and `frag` do what they say. */
export const echo = (): Promise<number> =>
  new Promise((resolve) => {
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
    ended.push(() => {
      for (const client of server.clients) client.terminate();
      server.close();
    });
    server.on('connection', (socket) => {
      socket.on('error', () => {});
      socket.on('message', (data, binary) => {
        const [command, code, reason] = binary ? [] : String(data).split(':');
        if (command === 'ping') socket.ping('p');
        else if (command === 'close') socket.close(Number(code), reason);
        else if (command === 'binary') socket.send(Buffer.from([0, 255]));
        else if (command === 'silent') return;
        else if (command === 'frag') {
          socket.send('a', { fin: false });
          socket.send('b', { fin: true });
        } else socket.send(data, { binary });
      });
    });
    server.on('listening', () => {
      const address = server.address();
      resolve(address !== null && typeof address === 'object' ? address.port : 0);
    });
  });
