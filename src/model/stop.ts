/** Thrown by an element to end its user quietly (JMeterStopThreadException). */
export class StopThread extends Error {
  readonly javaClass = 'org.apache.jorphan.util.JMeterStopThreadException';
  override toString(): string {
    return `${this.javaClass}: ${this.message}`;
  }
}
/** Thrown by an element to end the test once running samples are done (JMeterStopTestException). */
export class StopTest extends Error {
  readonly javaClass = 'org.apache.jorphan.util.JMeterStopTestException';
  override toString(): string {
    return `${this.javaClass}: ${this.message}`;
  }
}
/** Thrown by an element to end the test at once (JMeterStopTestNowException). */
export class StopTestNow extends Error {
  readonly javaClass = 'org.apache.jorphan.util.JMeterStopTestNowException';
  override toString(): string {
    return `${this.javaClass}: ${this.message}`;
  }
}

/** What the user's thread does after the sample (JMeter's TestLogicalAction). */
export type LoopAction = 'continue' | 'nextThreadLoop' | 'nextIteration' | 'breakLoop';
