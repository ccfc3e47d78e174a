import { JavaError, toLong } from '../../java/index.js';
import { type Awaitable, element, prop, type User } from '../../model/index.js';

const LOG = 'o.a.j.s.TestAction';

/** Flow Control Action: pauses, stops, or changes what the loop does next; it gives no result. */
export const testAction = element({
  tag: 'TestAction',
  gui: 'TestActionGui',
  call: 'flow',
  props: {
    /** 0 stop, 1 pause, 2 stop now, 3 next thread loop, 4 next iteration of the current loop, 5 break the current loop. */
    action: prop.int('ActionProcessor.action'),
    /** Of stopping: 0 this user, 2 the test; 1 does nothing any more. */
    target: prop.int('ActionProcessor.target'),
    /** Milliseconds to pause. */
    duration: prop.text('ActionProcessor.duration'),
  },
  accepts: ['SimpleConfigGui'],
  interruptible: true,
  sample: (props, user) => act(props, user),
});

interface Settings {
  readonly name: string;
  readonly action: number;
  readonly target: number;
  readonly duration: string;
}

const STOP_NOW = 2;
const LOOP_ACTIONS: Readonly<Record<number, { readonly action: User['action']; readonly says: string }>> = {
  3: { action: 'nextThreadLoop', says: 'Restarting next thread loop' },
  4: { action: 'nextIteration', says: 'Switching to next loop iteration' },
  5: { action: 'breakLoop', says: 'Breaking current loop' },
};

function act(props: Settings, user: User): Awaitable<undefined> {
  const { target, action } = props;
  if (action === 1) return pause(props.duration, user);
  if (action === 0 || action === STOP_NOW) stop(props, target, action, user);
  const loop = LOOP_ACTIONS[action];
  if (loop) {
    say(user, loop.says, props);
    user.action = loop.action;
  }
  return undefined;
}

function stop(props: Settings, target: number, action: number, user: User): void {
  if (target !== 0 && target !== 2) return;
  say(user, 'Stopping current thread', props);
  user.stop();
  if (target === 0) return;
  say(user, action === STOP_NOW ? 'Stopping all threads now' : 'Stopping all threads', props);
  if (action === STOP_NOW) user.test.stopNow();
  else user.test.stop();
}

/** A pause that would outlast the user's schedule ends with it. */
function pause(duration: string, user: User): Awaitable<undefined> {
  const asked = milliseconds(duration, user);
  if (asked < 0) throw new JavaError('java.lang.IllegalArgumentException', `Configured sleep is negative:${asked}`);
  const left = user.endTime === undefined ? asked : user.endTime - user.test.clock.now();
  const wait = Math.min(asked, left);
  if (!(wait > 0)) return undefined;
  return user.sleep(wait).then((slept) => {
    if (!slept) user.interrupted = true;
    return undefined;
  });
}

function milliseconds(duration: string, user: User): number {
  const ms = toLong(duration);
  if (ms === undefined) {
    const why = duration === '' ? 'Duration value is empty, defaulting to 0' : `Could not parse number: '${duration}'`;
    user.test.log.write('WARN', LOG, why);
  }
  return ms ?? 0;
}

const say = (user: User, what: string, { name }: Settings): void =>
  user.test.log.write('INFO', LOG, `${what} from element ${name}`);
