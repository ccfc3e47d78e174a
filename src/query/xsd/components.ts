/** The components of a schema (XML Schema 1.0), as far as validating needs them. Names are `{namespace}local`. */
export interface Schema {
  readonly elements: Map<string, ElementDeclaration>;
  readonly types: Map<string, Type>;
  readonly attributes: Map<string, AttributeDeclaration>;
  /** Members by the head of their substitution group. */
  readonly substitutions: Map<string, ElementDeclaration[]>;
  /** The namespaces that were read. */
  readonly namespaces: Set<string>;
}

export interface ElementDeclaration {
  readonly kind: 'declaration';
  readonly uri: string;
  readonly local: string;
  /** Found when it is first asked for, so that types may hold themselves. */
  readonly type: () => Type;
  readonly nillable: boolean;
  readonly abstract: boolean;
  readonly fixed: string | undefined;
  readonly fallback: string | undefined;
}
export interface AttributeDeclaration {
  readonly uri: string;
  readonly local: string;
  readonly type: () => SimpleType;
  readonly fixed: string | undefined;
}
export interface AttributeUse {
  readonly declaration: AttributeDeclaration;
  readonly required: boolean;
  readonly prohibited: boolean;
  readonly fixed: string | undefined;
}

export type Type = SimpleType | ComplexType;

export interface SimpleType {
  readonly kind: 'simple';
  /** As messages show it: `int`, `#AnonType_zip`. */
  readonly name: string;
  readonly base: SimpleType | undefined;
  /** The built-in type whose lexical form counts. */
  readonly primitive: string;
  readonly variety: 'atomic' | 'list' | 'union';
  readonly item?: SimpleType | undefined;
  readonly members?: readonly SimpleType[] | undefined;
  readonly facets: Facets;
}
export interface Facets {
  readonly whiteSpace?: 'preserve' | 'replace' | 'collapse' | undefined;
  readonly patterns?: readonly { readonly text: string; readonly regex: RegExp }[] | undefined;
  readonly enumeration?: readonly string[] | undefined;
  readonly length?: number | undefined;
  readonly minLength?: number | undefined;
  readonly maxLength?: number | undefined;
  readonly totalDigits?: number | undefined;
  readonly fractionDigits?: number | undefined;
  readonly minInclusive?: string | undefined;
  readonly maxInclusive?: string | undefined;
  readonly minExclusive?: string | undefined;
  readonly maxExclusive?: string | undefined;
}

export interface ComplexType {
  readonly kind: 'complex';
  readonly name: string;
  readonly base: Type | undefined;
  readonly derivation: 'extension' | 'restriction';
  readonly abstract: boolean;
  readonly mixed: boolean;
  /** The value of simple content. */
  readonly simple: SimpleType | undefined;
  readonly particle: Particle | undefined;
  readonly attributes: ReadonlyMap<string, AttributeUse>;
  readonly wildcard: Wildcard | undefined;
}

export interface Wildcard {
  readonly kind: 'any';
  readonly process: 'strict' | 'lax' | 'skip';
  /** `##any`, `##other`, or the namespaces. */
  readonly namespaces: string | readonly string[];
  readonly target: string;
}
export interface Particle {
  readonly min: number;
  /** Infinity = unbounded. */
  readonly max: number;
  readonly term: Term;
}
export type Term =
  | { readonly kind: 'element'; readonly declaration: ElementDeclaration }
  | Wildcard
  | { readonly kind: 'sequence' | 'choice' | 'all'; readonly particles: readonly Particle[] };

export const keyOf = (uri: string, local: string): string => `{${uri}}${local}`;

/** Whether a wildcard lets a namespace through. */
export function admits({ namespaces, target }: Wildcard, uri: string): boolean {
  if (namespaces === '##any') return true;
  if (namespaces === '##other') return uri !== target && uri !== '';
  return namespaces.includes(uri);
}

/** Whether a type is another one, or derived from it. */
export function derives(type: Type, from: Type): boolean {
  for (let at: Type | undefined = type; at !== undefined; at = at.base) if (at === from) return true;
  return (
    from.name === 'anyType' ||
    (from.kind === 'simple' && from.members?.some((member) => derives(type, member)) === true)
  );
}
