import { fn } from '../function.js';
import { scriptFunction } from '../script-function.js';

/** Runs a Groovy script; null gives nothing. One that fails is logged, gives nothing and leaves the variable alone. */
export const groovy = fn({
  name: '__groovy',
  min: 1,
  max: 2,
  usage: 'script, [variable]',
  looksBack: true,
  compile: scriptFunction({
    language: 'groovy',
    category: 'o.a.j.f.Groovy',
    failed: 'Error running groovy script',
    bindings: () => ({}),
  }),
});
