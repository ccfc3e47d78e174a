import { expect, it } from 'vitest';
import { debugPostProcessor } from '../../../src/element/post/debug-post-processor.js';
import { dummySubPostProcessor } from '../../../src/element/post/dummy-sub-post-processor.js';
import { dummySampler } from '../../../src/element/sampler/dummy-sampler.js';
import { Sample } from '../../../src/model/index.js';
import { fakeUser } from '../../kit.js';
import { place, property } from '../../kit-element.js';

const DUMMY = 'kg.apc.jmeter.samplers.DummySampler';

function added(sampler: ReturnType<typeof place>, flags: Readonly<Record<string, boolean>>): Sample | undefined {
  const user = fakeUser({ sampler });
  user.variables.put('v', '7');
  const sample = new Sample();
  sample.label = 'parent';
  const self = place(debugPostProcessor, { name: 'debug', props: flags });
  debugPostProcessor.after?.(self.props(user) as never, user, sample, self as never);
  return sample.subSamples?.[0];
}

it('shows the properties of the sampler as JMeter makes them texts, classes in full', () => {
  const argument = { 'Argument.name': 'a', 'Argument.value': '${v}', 'Argument.metadata': '=' };
  const sampler = place(dummySampler, {
    props: { URL: 'u${v}', list: ['x', 'y'], args: { 'Arguments.arguments': [argument, argument] } },
  });
  const sub = added(
    { ...sampler, merged: [...sampler.merged, property('merged', true)] },
    { displaySamplerProperties: true },
  );
  expect(sub?.text).toBe(
    `SamplerProperties:\nTestElement.enabled=true\nTestElement.gui_class=${DUMMY}Gui\n` +
      `TestElement.test_class=${DUMMY}\nURL=u7\nargs=a=7()&a=7()\nlist=[x, y]\nmerged=true\n\n`,
  );
  expect(sub?.samplerData).toBe('SamplerProperties\n');
  expect([sub?.label, sub?.threadName, sub?.groupThreads]).toEqual(['parent-0', 'Thread Group 1-1', 1]);
});

it('shows nothing that is not asked for', () => {
  expect(added(place(dummySampler), {})?.text).toBe('');
});

it('hangs a dummy below the sample, which grows with it', () => {
  const sample = new Sample();
  sample.setText('12');
  const self = place(dummySubPostProcessor, { props: { RESPONSE_DATA: '345', RESPONSE_TIME: '10' } });
  dummySubPostProcessor.after?.(self.props(fakeUser()) as never, fakeUser(), sample, self as never);
  expect([sample.bytes, sample.subSamples?.[0]?.elapsed, sample.subSamples?.[0]?.groupThreads]).toEqual([5, 10, 0]);
});
