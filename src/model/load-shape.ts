/** What a thread group asks for over time, as a pure function of the seconds since it started. */
export interface LoadShape {
  /** Whether `at` counts users at work or arrivals per second. */
  readonly of: 'users' | 'arrivals';
  at(second: number): number;
  /** When the group's own schedule ends it; undefined = its users end by themselves. */
  readonly end: number | undefined;
  /** From here on nothing changes: the end, or the start of the last user. */
  readonly settled: number;
}
