import { JavaRandom } from '../../java/index.js';
import { element, type Named, type Placed, prop, type User } from '../../model/index.js';
import { longOf, numberText } from './number-text.js';

const LOG = 'o.a.j.c.RandomVariableConfig';
const props = {
  variable: prop.text('variableName'),
  /** A DecimalFormat pattern; blank = plain digits. */
  format: prop.text('outputFormat'),
  /** Both are included; what is no number is 0. */
  minimum: prop.text('minimumValue'),
  maximum: prop.text('maximumValue'),
  /** Blank = different in each run. */
  seed: prop.text('randomSeed'),
  /** A generator for each user; all of them begin with the same seed, if there is one. */
  perUser: prop.flag('perThread'),
};
type RandomProps = Named<typeof props>;
type Settings = Omit<RandomProps, 'name'>;

/** Sets a random number at each pass of the controller around it: java.util.Random's sequence when it has a seed. */
export const randomVariableConfig = element({
  tag: 'RandomVariableConfig',
  gui: 'TestBeanGUI',
  call: 'random',
  props,
  config: { merges: false },
  // The sequence of a seed is dealt out to all.
  shards: ({ perUser, seed }) => (perUser || seed === '' ? undefined : 'alone'),
  // One element serves all users, and its properties are those that the last user to start has evaluated.
  threadMade(given, user, self) {
    user.test.state(self, () => new Shared()).settings = settled(given);
  },
  iterationStart(given, user, _iteration, self) {
    const shared = user.test.state(self, () => new Shared());
    shared.settings ??= settled(given);
    const { settings } = shared;
    const range = rangeOf(shared, settings, user, self);
    if (range === undefined) return;
    const value = range.minimum + BigInt(range.next(range.size, user));
    user.variables.put(settings.variable, numberText(value, settings.format, user, LOG));
  },
});

class Shared {
  settings: Settings | undefined;
  /** Made when the first number is asked for, its limits fixed then; undefined inside = the limits are wrong. */
  range: { readonly made: Range | undefined } | undefined;
}
interface Range {
  readonly minimum: bigint;
  readonly size: number;
  readonly next: (size: number, user: User) => number;
}

const settled = ({ variable, format, minimum, maximum, seed, perUser }: RandomProps): Settings => ({
  variable,
  format,
  minimum,
  maximum,
  seed,
  perUser,
});

function rangeOf(shared: Shared, settings: Settings, user: User, self: Placed): Range | undefined {
  if (settings.perUser) return user.state(self, () => ({ made: range(settings, user, self) })).made;
  shared.range ??= { made: range(settings, user, self) };
  return shared.range.made;
}

const LARGEST = 2147483647n;

function range(settings: Settings, user: User, self: Placed): Range | undefined {
  const { log } = user.test;
  const minimum = longOf(settings.minimum) ?? 0n;
  const maximum = longOf(settings.maximum) ?? 0n;
  if (minimum > maximum) {
    log.write('ERROR', LOG, `maximum(${settings.maximum}) must be >= minimum(${settings.minimum})`);
    return undefined;
  }
  const size = maximum - minimum + 1n;
  if (size > LARGEST) {
    log.write('WARN', LOG, `maximum(${settings.maximum}) - minimum(${settings.minimum}) must be <= ${LARGEST}`);
  }
  return { minimum, size: Number(size > LARGEST ? LARGEST : size), next: generator(settings, user, self) };
}

/** The element's name is evaluated for the warning alone, as in JMeter. */
function generator({ seed }: Settings, user: User, self: Placed): Range['next'] {
  const given = seed === '' ? undefined : longOf(seed);
  if (given !== undefined) {
    const random = new JavaRandom(given);
    return (size) => random.nextInt(size);
  }
  if (seed !== '')
    user.test.log.write('WARN', LOG, `Cannot parse random seed: '${seed}' in element ${self.props(user).name}`);
  return (size, asker) => Math.floor(asker.random() * size);
}
