/** Datagrams to and from one address. */
export { UdpChannel } from './channel.js';
