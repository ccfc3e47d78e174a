import { numberFormat, parseLong, toDouble } from '../../java/index.js';
import { type Group, type Named, prop, type User } from '../../model/index.js';
import type { Ramp } from './load-shape.js';
import { StatusLog } from './status-log.js';

/** What every bzm group has. */
export const dynamicProps = {
  onError: prop.text('ThreadGroup.on_sample_error', 'continue'),
  /** `M` = times are minutes and rates per minute, anything else seconds. */
  unit: prop.text('Unit'),
  /** Passes after which a user is done; empty = no limit. */
  iterations: prop.text('Iterations'),
  logFile: prop.text('LogFilename'),
  sameUser: prop.flag('same_user_on_next_iteration', true),
};
/** What those with one target have; times in units, fractions allowed. */
export const targetProps = {
  ...dynamicProps,
  target: prop.int('TargetLevel', 1),
  rampUp: prop.text('RampUp'),
  hold: prop.text('Hold', '1'),
  /** Whole number; empty or 0 = a straight line. */
  steps: prop.text('Steps'),
};
export const ignoredKeys = ['ThreadGroup.main_controller'];

export type DynamicProps = Named<typeof dynamicProps>;
export type TargetProps = Named<typeof targetProps>;

/** The fields in seconds, read in the plugin's order. Throws NumberFormatException. */
export function rampOf(settings: TargetProps): Ramp {
  const rampUp = seconds(settings.rampUp, settings);
  const hold = seconds(settings.hold, settings);
  const { steps, target } = settings;
  return { rampUp, hold, steps: steps === '' ? 0 : parseLong(steps), target };
}

function seconds(text: string, settings: DynamicProps): number {
  if (text === '') return 0;
  const value = toDouble(text);
  if (value === undefined) throw numberFormat(text);
  return Math.round(value * unitSeconds(settings));
}

export const unitSeconds = ({ unit }: DynamicProps): number => (unit === 'M' ? 60 : 1);

/** What supplies a running group with users, as their loops see it. */
export interface Supply {
  /** Nothing more is to be done: users leave before their next sampler. */
  readonly limitReached: boolean;
}

/** A bzm group in the run: its log, open from the start of the test, and its supply from the start of the group. */
export class DynamicRun<S extends Supply> {
  readonly log: StatusLog;
  supply: S | undefined;
  constructor(user: User) {
    this.log = new StatusLog(user);
  }
}

export const dynamicRun = <S extends Supply>(self: object, user: User): DynamicRun<S> =>
  user.test.state(self, () => new DynamicRun<S>(user));

/** For the start of the test. */
export function openLog({ logFile }: DynamicProps, user: User, self: object): void {
  if (logFile !== '') dynamicRun(self, user).log.open(logFile);
}
/** For its end. */
export function closeLog(_: unknown, user: User, self: object): void {
  dynamicRun(self, user).log.close();
}

/** The users are named after the thread that makes them, whose name is made once. */
export const starterName = ({ name }: DynamicProps): string => `${name}-ThreadStarter`;

/** A stop cuts short what the users wait for; each leaves when it asks for its next sampler. */
export function stopUsers(group: Group, now: boolean): void {
  for (const user of [...group.users]) {
    if (now) group.stopUser(user, true);
    else group.interruptUser(user);
    group.wakeUser(user);
  }
}
