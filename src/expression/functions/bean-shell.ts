import { fn } from '../function.js';
import { scriptFunction } from '../script-function.js';

/** Runs a BeanShell script; null gives nothing. One that fails is logged, gives nothing and leaves the variable alone. */
export const beanShell = fn({
  name: '__BeanShell',
  min: 1,
  max: 2,
  usage: 'script, [variable]',
  looksBack: true,
  compile: scriptFunction({
    language: 'beanshell',
    category: 'o.a.j.f.BeanShell',
    failed: 'Error running BSH script',
    bindings: ({ previous }) => ({ SampleResult: previous }),
  }),
});
