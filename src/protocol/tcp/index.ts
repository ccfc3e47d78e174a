/** Plain TCP: where an answer ends, and receiving one. */
export { Answer, type Room, TooLong } from './answer.js';
export { type AnswerEnd, afterLength, afterSilence, behindBytes, readEndsWith, whereFound } from './ends.js';
export { LengthRead } from './length-read.js';
export { CutOff, receive } from './receive.js';
