import type { User } from '../model/index.js';

/** The name of the thread that evaluates; JMeter's engine has one of its own. */
export const threadName = ({ threadName }: User): string => (threadName === '' ? 'StandardJMeterEngine-1' : threadName);
