// A bare ws echo server on a free port; prints the port.
import { WebSocketServer } from 'ws';

const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false }, () =>
  console.log(server.address().port),
);
server.on('connection', (socket) => socket.on('message', (data, binary) => socket.send(data, { binary })));
