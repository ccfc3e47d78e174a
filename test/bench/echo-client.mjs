// The peer: bare ws clients that ask and wait for the echo.   echo-client.mjs PORT CONNECTIONS ROUNDS
import { WebSocket } from 'ws';

const [port, connections, rounds] = process.argv.slice(2).map(Number);
for (let i = 0; i < connections; i++) {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/`, { perMessageDeflate: false });
  let left = rounds;
  socket.on('open', () => socket.send('hello'));
  socket.on('message', (data) => {
    data.toString();
    if (--left > 0) socket.send('hello');
    else socket.terminate();
  });
}
