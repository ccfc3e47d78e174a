import { Controller, element } from '../../model/index.js';
import { problems } from '../../problem.js';

const PARENT = ['blazemeter.http.controller.generateParentSample', 'http2AsyncController.generateParentSample'];

/** bzm HTTP2 Async Controller: its samplers run one after the other here, and are heard in that order there too. */
export const http2AsyncController = element({
  tag: 'com.blazemeter.jmeter.http2.control.HTTP2Controller',
  gui: 'com.blazemeter.jmeter.http2.control.gui.HTTP2ControllerGUI',
  call: 'http2.async',
  props: {},
  ignored: ['*'],
  check: (plan) => {
    const parent = plan.properties.some((one) => PARENT.includes(one.name) && 'text' in one && one.text === 'true');
    return parent
      ? [
          problems.elementCannotRun(
            'the parent sample of an HTTP2 Async Controller is not built in; use a Transaction Controller',
          ),
        ]
      : [problems.differs('the samplers of an HTTP2 Async Controller run one after the other, not at the same time')];
  },
  controller: Controller,
});
