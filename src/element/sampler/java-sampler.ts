import { NAME_KEY, type PlanElement, propertyText } from '../../jmx/index.js';
import { argumentsOf, element, type Named, type Placed, prop, Sample, type User } from '../../model/index.js';
import { type Problem, problems } from '../../problem.js';
import { firstOfEachName } from '../config/arguments.js';
import { type JavaArguments, type JavaClient, javaClients } from './java-clients.js';

const props = { className: prop.text('classname'), arguments: argumentsOf('arguments') };
type JavaProps = Named<typeof props>;

/**
 * Java Request: a sampler class of JMeter's own. Which class it is the sampler alone says, when the test starts; defaults
 * (Java Request Defaults) come too late for that, but their arguments follow the sampler's own.
 */
export const javaSampler = element({
  tag: 'JavaSampler',
  gui: 'JavaTestSamplerGui',
  call: 'java',
  props,
  accepts: ['JavaConfigGui', 'SimpleConfigGui'],
  interruptible: true,
  check: checkClass,
  sample(given, user, self) {
    const { client } = user.state(self, () => ({ client: clientOf(given, self) }));
    return client === undefined ? classNotFound(given) : client(argumentsFor(given, user), user);
  },
});

/** The client of this user, set up when it is first needed. */
function clientOf(given: JavaProps, self: Placed): JavaClient | undefined {
  const own = propertyText(self.plan, 'classname') ?? '';
  const name = own.includes('${') ? given.className : own;
  return javaClients.get(name.trim())?.();
}

/** The first argument of a name counts; the element's name comes last, for classes that want to know it. */
function argumentsFor({ name, arguments: { rows } }: JavaProps, user: User): JavaArguments {
  const values = new Map(firstOfEachName(rows));
  return { values, name: values.get(NAME_KEY) ?? name, log: user.test.log };
}

/** What JMeter reports for a class that is not there; the sample never starts, so its times are 0. */
function classNotFound({ className }: JavaProps): Sample {
  const sample = new Sample();
  sample.encoding = 'UTF-8';
  sample.setText(`Class not found: ${className}`);
  sample.label = `ERROR: ${className}`;
  return sample;
}

function checkClass(plan: PlanElement): readonly Problem[] {
  const name = (propertyText(plan, 'classname') ?? '').trim();
  if (name.includes('${') || javaClients.has(name)) return [];
  return [
    problems.elementWarns(
      `the Java class ${name || '(none)'} cannot run here; each sample is an error "Class not found"`,
    ),
  ];
}
