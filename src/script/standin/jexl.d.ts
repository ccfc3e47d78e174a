/** The part of npm's jexl that stand-ins use; the package has no types of its own. */
declare module 'jexl' {
  export interface Expression {
    evalSync(context: object): unknown;
  }
  export class Jexl {
    addTransforms(transforms: Readonly<Record<string, (...args: readonly unknown[]) => unknown>>): void;
    addFunctions(functions: Readonly<Record<string, (...args: readonly unknown[]) => unknown>>): void;
    /** Throws when the text does not parse. */
    compile(text: string): Expression;
  }
  const defaults: { readonly Jexl: typeof Jexl };
  export default defaults;
}
