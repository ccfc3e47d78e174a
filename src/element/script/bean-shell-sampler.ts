import { JavaError } from '../../java/index.js';
import { propertyText } from '../../jmx/index.js';
import { element, type Named, type Placed, prop, type Sample, type User } from '../../model/index.js';
import { logger, scriptProblems } from '../../script/index.js';
import { thrownText } from './attempt.js';
import { asData, scriptSample } from './script-sample.js';
import { absolute, fileBeforeRun, rawScript, scriptFile, scriptPath, splitArguments } from './script-text.js';

const QUERY = 'BeanShellSampler.query';
const FILE = 'BeanShellSampler.filename';
const props = {
  script: prop.text(QUERY),
  filename: prop.text(FILE),
  parameters: prop.text('BeanShellSampler.parameters'),
};

/** BeanShell Sampler, by way of a stand-in: 200 and OK, the script's value as data; 500 when it fails. */
export const beanShellSampler = element({
  tag: 'BeanShellSampler',
  gui: 'BeanShellSamplerGui',
  call: 'beanshell.sampler',
  looksAtData: true,
  props,
  // There is no interpreter whose variables could outlive the sample.
  ignored: ['BeanShellSampler.resetInterpreter'],
  accepts: ['SimpleConfigGui'],
  check(plan, context) {
    const filename = propertyText(plan, FILE) ?? '';
    const text = filename === '' ? rawScript(plan, QUERY) : fileBeforeRun(filename);
    return scriptProblems({ language: 'beanshell', text, path: scriptPath(plan), name: plan.name }, context);
  },
  sample(props, user, self) {
    const { name, filename, script, parameters } = props;
    const use = { name, filename, script, parameters };
    return scriptSample(
      {
        name,
        samplerData: filename === '' ? script : filename,
        run: (sample) => run(use, user, self, sample),
        value: asData,
        failed(error) {
          user.test.log.write('WARN', OF, `Exception executing script. ${thrownText(error)}`);
          return thrownText(error);
        },
      },
      user,
    );
  },
});

const OF = 'o.a.j.p.j.s.BeanShellSampler';

function run(use: Named<typeof props>, user: User, self: Placed, sample: Sample): unknown {
  const { name, filename, parameters } = use;
  const raw = filename === '' ? rawScript(self.plan, QUERY) : (scriptFile(filename, user) ?? '');
  const standIn = user.test.standIns.find({ path: scriptPath(self.plan, self.path), name, text: raw });
  if (standIn === undefined || !('run' in standIn))
    throw new JavaError(
      'org.apache.jorphan.util.JMeterException',
      standIn?.text ?? `no stand-in for ${filename === '' ? name : absolute(filename, user)}`,
    );
  return standIn.run(user, {
    log: logger(user, OF),
    Label: name,
    FileName: filename,
    Parameters: parameters,
    args: splitArguments(parameters),
    SampleResult: sample,
  });
}
