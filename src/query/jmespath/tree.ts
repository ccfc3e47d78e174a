/** An expression as it is written. */
export type Tree =
  | { readonly kind: 'pipe' | 'and' | 'or'; readonly left: Tree; readonly right: Tree }
  | { readonly kind: 'compare'; readonly operator: string; readonly left: Tree; readonly right: Tree }
  | { readonly kind: 'not' | 'parens' | 'reference'; readonly of: Tree }
  | { readonly kind: 'chain'; readonly left: Tree; readonly right: Tree }
  | { readonly kind: 'bracket'; readonly left: Tree | undefined; readonly bracket: Bracket }
  | { readonly kind: 'property' | 'string'; readonly name: string }
  | { readonly kind: 'wildcard' | 'current' }
  | { readonly kind: 'list'; readonly items: readonly Tree[] }
  | { readonly kind: 'hash'; readonly entries: readonly (readonly [key: string, value: Tree])[] }
  | { readonly kind: 'literal'; readonly json: string; readonly strayBackticks: readonly number[] }
  | { readonly kind: 'call'; readonly name: string; readonly position: number; readonly args: readonly Tree[] };

/** What stands in brackets behind an expression, or alone. */
export type Bracket =
  | { readonly kind: 'index'; readonly text: string }
  | { readonly kind: 'star' | 'flatten' }
  | {
      readonly kind: 'slice';
      readonly start: string | undefined;
      readonly stop: string | undefined;
      readonly step: string | undefined;
      readonly stepPosition: number;
    }
  | { readonly kind: 'select'; readonly test: Tree };

/** Stands for what could not be read; never compiled, since there is a fault then. */
export const BROKEN: Tree = { kind: 'current' };
