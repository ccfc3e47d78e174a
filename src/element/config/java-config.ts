import { argumentsOf, element, prop } from '../../model/index.js';

/** Java Request Defaults: its arguments come after the sampler's own, so the sampler's win. */
export const javaConfig = element({
  tag: 'JavaConfig',
  gui: 'JavaConfigGui',
  call: 'defaults.java',
  props: { className: prop.text('classname'), arguments: argumentsOf('arguments') },
  config: { merges: true },
});
