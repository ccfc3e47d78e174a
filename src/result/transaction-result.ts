import type { Sample } from '../model/index.js';

const TRANSACTION = 'Number of samples in transaction : ';

/** Whether a Transaction Controller made this sample; JMeter tells by the message (isFromTransactionController). */
export const isTransaction = (sample: Sample): boolean => sample.message.startsWith(TRANSACTION);
