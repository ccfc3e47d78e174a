export { MirrorServer } from './server.js';
