/** `${…}`: the grammar of references and calls, and the functions, one file each in `functions/`. */
export { compileExpression, type ExpressionContext } from './compile.js';
export { Fifos, INTERRUPTED } from './fifo.js';
export {
  type FunctionArgument,
  type FunctionContext,
  type FunctionLookup,
  type FunctionSpec,
  fn,
} from './function.js';
export { functions } from './known.js';
