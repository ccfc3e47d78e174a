/** Thrown by an element to end its user quietly (JMeterStopThreadException). */
export class StopThread extends Error {
  override toString(): string {
    return `org.apache.jorphan.util.JMeterStopThreadException: ${this.message}`;
  }
}
/** Thrown by an element to end the test once running samples are done (JMeterStopTestException). */
export class StopTest extends Error {
  override toString(): string {
    return `org.apache.jorphan.util.JMeterStopTestException: ${this.message}`;
  }
}
/** Thrown by an element to end the test at once (JMeterStopTestNowException). */
export class StopTestNow extends Error {
  override toString(): string {
    return `org.apache.jorphan.util.JMeterStopTestNowException: ${this.message}`;
  }
}

/** What the user's thread does after the sample (JMeter's TestLogicalAction). */
export type LoopAction = 'continue' | 'nextThreadLoop' | 'nextIteration' | 'breakLoop';
