// What MQTT.js needs for the same: connects SESSIONS clients, publishes COUNT messages on each with QoS 1, then leaves, or stays
// and prints its memory.   mqtt-peer PORT SESSIONS COUNT [stay]
import mqtt from 'mqtt';

const [port, sessions, count] = process.argv.slice(2, 5).map(Number);
const payload = 'x'.repeat(64);
/** Sessions that connect at the same time. */
const AT_ONCE = 100;

const connect = (i) =>
  new Promise((resolve, reject) => {
    const clientId = `peer-${process.pid}-${i}`;
    const client = mqtt.connect(`mqtt://127.0.0.1:${port}`, { clientId, keepalive: 300, reconnectPeriod: 0 });
    client.once('connect', () => resolve(client));
    client.on('error', reject);
  });
const clients = [];
let next = 0;
const connectMore = async () => {
  while (next < sessions) clients.push(await connect(next++));
};
await Promise.all(Array.from({ length: AT_ONCE }, connectMore));

const publish = (client) =>
  new Promise((resolve, reject) => {
    let left = count;
    const more = (error) => {
      if (error) reject(error);
      else if (left-- > 0) client.publish(`bench/${client.options.clientId}`, payload, { qos: 1 }, more);
      else resolve();
    };
    more();
  });
await Promise.all(clients.map(publish));
if (process.argv[5] === 'stay') process._rawDebug('STAYS');
else {
  for (const client of clients) client.end(true);
}
