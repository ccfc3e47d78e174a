// What the machine itself adds at a rate: a bare client that sends the same GETs at the same pace and looks at nothing but their end.
// Its times go to a file as a JTL begins: start in ms since the epoch, elapsed.   paced-peer PORT USERS RAMP LOOPS THINK_TIME FILE
import fs from 'node:fs';
import net from 'node:net';

const [port, users, ramp, loops, thinkTime] = process.argv.slice(2, 7).map(Number);
const REQUEST = `GET /plain HTTP/1.1\r\nConnection: keep-alive\r\nHost: 127.0.0.1:${port}\r\nUser-Agent: bare\r\n\r\n`;
const SLOTS = 8192;
const shared = Buffer.allocUnsafeSlow(65536);
const now = () => Math.floor(performance.timeOrigin + performance.now());
const slots = Array.from({ length: SLOTS }, () => []);
const rows = [];
let tick = now();
let left = users * loops;
let bytes = 0;

const later = (user, ms) => slots[(now() + Math.ceil(ms)) % SLOTS].push(user);
const think = (user) => later(user, thinkTime / 2 + Math.random() * thinkTime);

class User {
  constructor() {
    this.loops = loops;
    this.received = 0;
    this.began = 0;
    this.socket = undefined;
  }
  go() {
    this.began = now();
    if (this.socket === undefined) this.connect();
    else this.socket.write(REQUEST, 'latin1');
  }
  connect() {
    const callback = (n, data) => {
      this.received += n;
      // All answers are of one length, and nothing but that of the first says which.
      if (bytes === 0) bytes = lengthOf(data.toString('latin1', 0, n));
      if (this.received >= bytes) this.ended();
      return true;
    };
    this.socket = net.connect({ host: '127.0.0.1', port, noDelay: true, onread: { buffer: shared, callback } });
    this.socket.on('connect', () => this.socket.write(REQUEST, 'latin1'));
  }
  ended() {
    this.received = 0;
    rows.push(this.began, now() - this.began);
    left--;
    if (--this.loops > 0) think(this);
    else this.socket.destroy();
    if (left === 0) write();
  }
}

const lengthOf = (text) => text.indexOf('\r\n\r\n') + 4 + Number(/content-length: (\d+)/i.exec(text)[1]);

for (let i = 0; i < users; i++) later(new User(), (ramp * 1000 * i) / users);
const timer = setInterval(() => {
  for (const end = now(); tick <= end; tick++) {
    const due = slots[tick % SLOTS];
    if (due.length === 0) continue;
    slots[tick % SLOTS] = [];
    for (const user of due) user.go();
  }
}, 1);

function write() {
  clearInterval(timer);
  let text = '';
  for (let i = 0; i < rows.length; i += 2) text += `${rows[i]},${rows[i + 1]}\n`;
  fs.writeFileSync(process.argv[7], text);
}
