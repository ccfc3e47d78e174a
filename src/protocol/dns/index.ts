/** DNS messages: questions from text, and any message as text. */
export { dnsMessageText } from './message-text.js';
export { dnsQuery } from './query.js';
