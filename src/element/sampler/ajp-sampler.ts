import { element } from '../../model/index.js';
import { problems } from '../../problem.js';

/** AJP/1.3 Sampler: the binary protocol between a web server and Tomcat, which nobody speaks to test. */
export const ajpSampler = element({
  tag: 'AjpSampler',
  gui: 'AjpSamplerGui',
  call: 'http.ajp',
  props: {},
  ignored: ['*'],
  check: () => [
    problems.elementCannotRun(
      'AJP/1.3 is not built into Meterless; test the application over HTTP with an HTTP Request, or through the web server in front of it',
    ),
  ],
  sample: () => undefined,
});
