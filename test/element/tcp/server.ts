import net from 'node:net';

/**
 * A server that does what is asked of it behind `!`, step by step: `S:text`, `H:hex`, `W:ms`, `E` (end), `R` (reset), `X:n` (that
 * many bytes), `F` (bytes for ever).
 */
export async function openServer(): Promise<{ readonly port: number; readonly heard: string[]; close(): void }> {
  const heard: string[] = [];
  const sockets = new Set<net.Socket>();
  const server = net.createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('error', () => {});
    socket.on('end', () => socket.end());
    socket.on('data', (data) => {
      const text = data.toString('latin1');
      heard.push(text);
      if (text.includes('!')) void act(socket, text.slice(text.indexOf('!') + 1).split('|'));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const close = (): void => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  return { port: address.port, heard, close };
}

async function act(socket: net.Socket, steps: readonly string[]): Promise<void> {
  for (const step of steps) {
    const value = step.slice(2);
    if (step[0] === 'S') socket.write(Buffer.from(value, 'latin1'));
    else if (step[0] === 'H') socket.write(Buffer.from(value, 'hex'));
    else if (step[0] === 'X') socket.write(Buffer.alloc(Number(value), 'x'));
    else if (step[0] === 'W') await new Promise((resolve) => setTimeout(resolve, Number(value)));
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
