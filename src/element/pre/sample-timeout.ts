import { element, prop } from '../../model/index.js';

/** Interrupts samples that take too long: all of the thread, whatever its place, that JMeter can interrupt. */
export const sampleTimeout = element({
  tag: 'SampleTimeout',
  gui: 'SampleTimeoutGui',
  call: 'timeout',
  props: {
    /** Milliseconds. */
    time: prop.long('InterruptTimer.timeout'),
  },
  timeout: ({ time }) => time,
});
