/** Script languages: text → compiled function, what scripts see of JMeter, stand-ins for what cannot run. */
export { logger } from './bindings.js';
export { type ScriptOf, scriptProblems } from './check.js';
export { createCompileScript, runs } from './compile.js';
export { noStandIns, type PlanStandIns, parseStandIns, readStandIns, sha256Of, standInsFile } from './standin/index.js';
