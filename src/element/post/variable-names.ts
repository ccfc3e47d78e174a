/** The variables that extractors write beside one of theirs. */
export class VariableNames {
  readonly matchNr: string;
  /** How many groups there are. */
  readonly groupCount: string;
  readonly #groups: string[] = [];
  readonly #numbered: string[] = [];
  readonly #beforeNumber: string;

  constructor(name: string) {
    this.#beforeNumber = `${name}_`;
    this.matchNr = `${name}_matchNr`;
    this.groupCount = `${name}_g`;
  }

  group(i: number): string {
    return nameAt(this.#groups, this.groupCount, i);
  }
  numbered(i: number): string {
    return nameAt(this.#numbered, this.#beforeNumber, i);
  }
}

function nameAt(made: string[], start: string, i: number): string {
  if (i >= MOST) return start + i;
  for (let next = made.length; next <= i; next++) made.push(start + next);
  return made[i] ?? start + i;
}

/** Numbers beyond that are rare enough to be put together each time. */
const MOST = 32;
const KEPT = 1000;
const kept = new Map<string, VariableNames>();

/** The names beside that one: made once, since a text that is put together anew is hashed anew with every sample. */
export function namesBeside(name: string): VariableNames {
  let names = kept.get(name);
  if (names === undefined) {
    if (kept.size >= KEPT) kept.clear();
    names = new VariableNames(name);
    kept.set(name, names);
  }
  return names;
}
