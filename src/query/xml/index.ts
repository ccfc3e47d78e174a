export * from './dom.js';
