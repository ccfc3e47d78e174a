import net from 'node:net';

interface Server {
  readonly port: number;
  readonly heard: string[];
  /** Connections that were not said goodbye to. */
  readonly resets: readonly string[];
  /** Waits until something more was heard than that, all of it is answered, and the client has read the answers. */
  quiet(after: number): Promise<void>;
  close(): void;
}

/**
 * A server that does what is asked of it behind `!`, step by step: `S:text`, `H:hex`, `W` (the client reads before it goes on), `E` (end),
 * `R` (reset), `F` (bytes for ever).
 */
export async function openServer(): Promise<Server> {
  const heard: string[] = [];
  const resets: string[] = [];
  let acting = 0;
  const sockets = new Set<net.Socket>();
  const server = net.createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('error', ({ message }) => resets.push(message));
    socket.on('end', () => socket.end());
    socket.on('data', (data) => {
      const text = data.toString('latin1');
      heard.push(text);
      if (!text.includes('!')) return;
      acting++;
      void act(socket, text.slice(text.indexOf('!') + 1).split('|')).then(() => acting--);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const close = (): void => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  const quiet = async (after: number): Promise<void> => {
    while (heard.length <= after || acting > 0) await turns(1);
    await turns(10);
  };
  return { port: address.port, heard, resets, quiet, close };
}

/** Turns of the loop that both sides share: what one side wrote the other has read by then. */
export async function turns(count: number): Promise<void> {
  for (let i = 0; i < count; i++) await new Promise((resolve) => setImmediate(resolve));
}

async function act(socket: net.Socket, steps: readonly string[]): Promise<void> {
  for (const step of steps) {
    const value = step.slice(2);
    if (step[0] === 'S') socket.write(Buffer.from(value, 'latin1'));
    else if (step[0] === 'H') socket.write(Buffer.from(value, 'hex'));
    else if (step[0] === 'W') await turns(10);
    else if (step[0] === 'E') socket.end();
    else if (step[0] === 'R') socket.resetAndDestroy();
    else if (step[0] === 'F') flood(socket);
  }
}

function flood(socket: net.Socket): void {
  const piece = Buffer.alloc(65536, 'x');
  const more = (): void => {
    while (!socket.destroyed && socket.write(piece));
  };
  socket.on('drain', more);
  more();
}
