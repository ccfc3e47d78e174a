import type { Filter } from './filter.js';

/** One step of a path. */
export type Token = (
  | { readonly kind: 'properties'; readonly names: readonly string[]; readonly quote: string }
  | { readonly kind: 'indexes'; readonly indexes: readonly number[] }
  | { readonly kind: 'slice'; readonly from: number | undefined; readonly to: number | undefined }
  | { readonly kind: 'wildcard' }
  | { readonly kind: 'scan' }
  | { readonly kind: 'filter'; readonly filter: Filter }
  | { readonly kind: 'function'; readonly name: string; readonly parameters: readonly Parameter[] }
) &
  Step;

/** Where a token stands in its path; filled in when the path is complete. */
interface Step {
  next: Token | undefined;
  /** Whether all tokens before this one are definite. */
  upstreamDefinite: boolean;
}

/** An argument of a function: JSON text, or a path. */
export type Parameter = { readonly json: string } | { readonly path: Path };

/** A compiled path; immutable. */
export interface Path {
  readonly root: '$' | '@';
  readonly tokens: readonly Token[];
  /** Whether it can only hit one place. */
  readonly definite: boolean;
  /** Whether it holds names, single indexes and wildcards, and nothing else. */
  readonly plain: boolean;
  /** Whether it ends in a function. */
  readonly isFunction: boolean;
  /** The path in bracket notation, as the messages show it. */
  readonly text: string;
  /** What stands before the last token: `[0]`, for the oddity in {@link evaluate}. */
  readonly beforeLast: string;
}

/** Links the tokens to a path. */
export function makePath(root: '$' | '@', tokens: readonly Token[]): Path {
  let definite = true;
  tokens.forEach((token, i) => {
    token.next = tokens[i + 1];
    token.upstreamDefinite = definite;
    definite &&= isDefinite(token);
  });
  const before = tokens.at(-2);
  return invertScan({
    root,
    tokens,
    definite,
    plain: tokens.length > 0 && tokens.every(isPlain),
    isFunction: tokens.at(-1)?.kind === 'function',
    text: root + tokens.map(fragment).join(''),
    beforeLast: before ? fragment(before) : root,
  });
}

/** `$..x.length()`: the function stands first and takes the path before it as its argument. */
function invertScan(path: Path): Path {
  const at = path.tokens.findIndex((token) => token.kind === 'function');
  const call = path.tokens[at];
  if (!path.isFunction || path.tokens[0]?.kind !== 'scan' || call?.kind !== 'function') return path;
  const inner = makePath(path.root, path.tokens.slice(0, at).map(unlinked));
  const outer: Token = { ...call, parameters: [{ path: inner }], next: undefined, upstreamDefinite: true };
  return { ...path, root: '$', tokens: [outer], definite: true, text: `$${fragment(outer)}`, beforeLast: '$' };
}

const unlinked = (token: Token): Token => ({ ...token, next: undefined, upstreamDefinite: true });

/** Several names at the end are merged into one hit; before the end they are several. */
export function isDefinite(token: Token): boolean {
  if (token.kind === 'properties') return token.names.length === 1 || token.next === undefined;
  if (token.kind === 'indexes') return token.indexes.length === 1;
  return token.kind === 'function';
}

const isPlain = (token: Token): boolean =>
  token.kind === 'wildcard' ||
  (token.kind === 'properties' && token.names.length === 1) ||
  (token.kind === 'indexes' && token.indexes.length === 1);

/** The token as the messages show it. */
export function fragment(token: Token): string {
  switch (token.kind) {
    case 'properties':
      return `[${token.names.map((name) => token.quote + name + token.quote).join(',')}]`;
    case 'indexes':
      return `[${token.indexes.join(',')}]`;
    case 'slice':
      return `[${token.from ?? ''}:${token.to ?? ''}]`;
    case 'wildcard':
      return '[*]';
    case 'scan':
      return '..';
    case 'filter':
      return '[?]';
    case 'function':
      return `.${token.name}${token.parameters.length > 0 ? '(...)' : '()'}`;
  }
}

/** This token and all after it, as the messages show them. */
export function restOf(token: Token): string {
  return fragment(token) + (token.next ? restOf(token.next) : '');
}
