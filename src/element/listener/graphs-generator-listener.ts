import { element } from '../../model/index.js';
import { problems } from '../../problem.js';

/** jp@gc - Graphs Generator: draws pictures of a results file when the test ends. Not drawn here. */
export const graphsGeneratorListener = element({
  tag: 'kg.apc.jmeter.listener.GraphsGeneratorListener',
  gui: 'TestBeanGUI',
  call: 'record.graphs',
  props: {},
  ignored: ['*'],
  check: () => [problems.elementWarns('graphs are not drawn: Meterless runs the plan without it')],
});
