import type { XmlElement } from '../xml/index.js';
import {
  admits,
  type ElementDeclaration,
  keyOf,
  type Particle,
  type Schema,
  type Term,
  type Wildcard,
} from './components.js';

/** A term at a place of a model: the copies that repetition makes share it. */
type Leaf = Extract<Term, { kind: 'element' }> | Wildcard;
interface Position {
  readonly leaf: Leaf;
  readonly index: number;
  /** The particle whose repetitions are counted. */
  readonly counted: Particle | undefined;
}

/** A term that was just met, how often in a row, and how often it may be. */
export interface Run {
  readonly particle: Particle;
  readonly name: string;
  readonly count: number;
}
/** What of a model may come first, last, and after each position. */
interface Piece {
  readonly first: readonly number[];
  readonly last: readonly number[];
  readonly empty: boolean;
}

/** More copies than this of one particle are not told apart: it may then come as often as it likes. */
const MOST = 256;

/** A content model as an automaton over the positions of its terms. */
export class ContentModel {
  readonly #positions: Position[] = [];
  readonly #follow: Set<number>[] = [];
  readonly #leaves: Leaf[] = [];
  readonly #start: Piece;
  readonly #counts: boolean;

  constructor(
    particle: Particle,
    readonly schema: Schema,
  ) {
    this.#counts = countsLeaves(particle);
    this.#start = this.#times(particle);
  }

  begin(): State {
    return { model: this, at: undefined, count: 0, run: undefined };
  }

  /** The state after an element, and what matched it; undefined when it may not come here. */
  next(
    { at, count, run }: State,
    element: XmlElement,
  ): { readonly state: State; readonly term: ElementDeclaration | Wildcard } | undefined {
    const found: number[] = [];
    let counted: Position | undefined;
    let term: ElementDeclaration | Wildcard | undefined;
    for (const position of this.#after(at)) {
      const match = this.#match(position, element);
      if (match === undefined) continue;
      // An element by name goes before a wildcard.
      if (term === undefined || (term.kind === 'any' && match.kind !== 'any')) term = match;
      found.push(position);
      counted ??= this.#positions[position];
    }
    if (term === undefined) return undefined;
    return { state: { model: this, at: found, count: count + 1, run: runOf(counted, run) }, term };
  }

  complete({ at }: State): boolean {
    if (at === undefined) return this.#start.empty;
    return at.some((position) => this.#start.last.includes(position));
  }

  /** What may come here, as Xerces lists it: in the order of the model. */
  expected({ at }: State): readonly string[] {
    const indexes = new Set([...this.#after(at)].map((position) => this.#positions[position]?.index ?? 0));
    return [...indexes]
      .sort((a, b) => a - b)
      .flatMap((index) => this.#leaves[index] ?? [])
      .map(leafText);
  }

  #after(at: readonly number[] | undefined): Iterable<number> {
    if (at === undefined) return this.#start.first;
    const [only] = at;
    if (at.length === 1 && only !== undefined) return this.#follow[only] ?? [];
    return new Set(at.flatMap((position) => [...(this.#follow[position] ?? [])]));
  }

  #match(position: number, { uri, local }: XmlElement): ElementDeclaration | Wildcard | undefined {
    const leaf = this.#positions[position]?.leaf;
    if (leaf === undefined) return undefined;
    if (leaf.kind === 'any') return admits(leaf, uri) ? leaf : undefined;
    const { declaration } = leaf;
    if (declaration.local === local && declaration.uri === uri) return declaration;
    return substitutes(declaration, this.schema).find((other) => other.local === local && other.uri === uri);
  }

  #times({ min, max, term }: Particle): Piece {
    if (max === 0) return NOTHING;
    const copies = Number.isFinite(max) && max <= MOST ? max : Math.max(1, Math.min(min, MOST));
    let piece = NOTHING;
    for (let i = 1; i <= copies; i++) {
      const copy = this.#term(term, { min, max, term });
      if (i === copies && copies < max) this.#join(copy.last, copy.first);
      piece = this.#sequence(piece, { ...copy, empty: copy.empty || i > min });
    }
    return piece;
  }

  #term(term: Term, particle: Particle): Piece {
    if (term.kind === 'element' || term.kind === 'any') return this.#leaf(term, particle);
    let piece = NOTHING;
    if (term.kind === 'choice') {
      const parts = term.particles.map((particle) => this.#times(particle));
      if (parts.length === 0) return NOTHING;
      return {
        first: parts.flatMap(({ first }) => first),
        last: parts.flatMap(({ last }) => last),
        empty: parts.some(({ empty }) => empty),
      };
    }
    for (const particle of term.particles) piece = this.#sequence(piece, this.#times(particle));
    return piece;
  }

  #leaf(leaf: Leaf, particle: Particle): Piece {
    const same = this.#leaves.findIndex((other) => sameLeaf(other, leaf));
    const index = same < 0 ? this.#leaves.push(leaf) - 1 : same;
    const { min, max } = particle;
    const counted = this.#counts && (min > 1 || (max > 1 && Number.isFinite(max))) ? particle : undefined;
    const position = this.#positions.push({ leaf, index, counted }) - 1;
    this.#follow.push(new Set());
    return { first: [position], last: [position], empty: false };
  }

  #sequence(a: Piece, b: Piece): Piece {
    this.#join(a.last, b.first);
    return {
      first: a.empty ? [...a.first, ...b.first] : a.first,
      last: b.empty ? [...a.last, ...b.last] : b.last,
      empty: a.empty && b.empty,
    };
  }
  #join(last: readonly number[], first: readonly number[]): void {
    for (const position of last) for (const next of first) this.#follow[position]?.add(next);
  }
}

const NOTHING: Piece = { first: [], last: [], empty: true };

/** Where an element's content is in its model. */
export interface State {
  readonly model: ContentModel | AllModel;
  readonly at: readonly number[] | undefined;
  readonly count: number;
  readonly run: Run | undefined;
}

function runOf(position: Position | undefined, before: Run | undefined): Run | undefined {
  if (position?.counted === undefined) return undefined;
  const { counted: particle, leaf } = position;
  const same = before !== undefined && before.particle.term === particle.term;
  return { particle, name: leafText(leaf), count: same ? before.count + 1 : 1 };
}

/** Xerces counts repeated terms where no group with several parts is repeated. */
function countsLeaves({ min, max, term }: Particle): boolean {
  if (term.kind === 'element' || term.kind === 'any') return true;
  const [only] = term.particles;
  if (min !== 1 || max !== 1)
    return (
      only === undefined ||
      (term.particles.length === 1 &&
        only.min === 1 &&
        only.max === 1 &&
        (only.term.kind === 'element' || only.term.kind === 'any'))
    );
  return term.particles.every(countsLeaves);
}

const sameLeaf = (a: Leaf, b: Leaf): boolean =>
  a === b || (a.kind === 'element' && b.kind === 'element' && a.declaration === b.declaration);

function leafText(leaf: Leaf): string {
  if (leaf.kind === 'element') return nameText(leaf.declaration);
  const { namespaces, target } = leaf;
  if (namespaces === '##any') return 'WC[##any]';
  if (namespaces === '##other') return `WC[##other:"${target}"]`;
  return `WC[${[...namespaces].map((uri) => `"${uri}"`).join(',')}]`;
}
export const nameText = ({ uri, local }: { readonly uri: string; readonly local: string }): string =>
  uri === '' ? local : `"${uri}":${local}`;

/** The members of a substitution group, and those of theirs. */
export function substitutes(head: ElementDeclaration, schema: Schema): readonly ElementDeclaration[] {
  const direct = schema.substitutions.get(keyOf(head.uri, head.local)) ?? [];
  return direct.flatMap((member) => [member, ...substitutes(member, schema)]);
}

/** `xs:all`: each element at most once, in any order. */
export class AllModel {
  readonly #declarations: readonly ElementDeclaration[];
  readonly #required: readonly boolean[];

  constructor(
    particles: readonly Particle[],
    readonly optional: boolean,
    readonly schema: Schema,
  ) {
    const elements = particles.flatMap(({ term, min, max }) =>
      term.kind === 'element' && max > 0 ? [{ declaration: term.declaration, min }] : [],
    );
    this.#declarations = elements.map(({ declaration }) => declaration);
    this.#required = elements.map(({ min }) => min > 0);
  }

  begin(): State {
    return { model: this, at: [], count: 0, run: undefined };
  }
  next(
    { at = [], count }: State,
    { uri, local }: XmlElement,
  ): { readonly state: State; readonly term: ElementDeclaration } | undefined {
    for (let i = 0; i < this.#declarations.length; i++) {
      const declared = this.#declarations[i];
      if (declared === undefined || at.includes(i)) continue;
      const term = [declared, ...substitutes(declared, this.schema)].find(
        (one) => one.local === local && one.uri === uri,
      );
      if (term !== undefined) return { state: { model: this, at: [...at, i], count: count + 1, run: undefined }, term };
    }
    return undefined;
  }
  complete({ at = [], count }: State): boolean {
    return (count === 0 && this.optional) || this.#required.every((required, i) => !required || at.includes(i));
  }
  expected({ at = [] }: State): readonly string[] {
    return this.#declarations.filter((_, i) => !at.includes(i)).map(nameText);
  }
}
