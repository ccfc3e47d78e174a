import type { Step } from './csselly.js';
import { elementsOf, type HtmlElement } from './dom.js';

/** The elements below a root, in the order in which Jodd's NodeSelector finds them. */
export function selectJodd(root: HtmlElement, alternatives: readonly (readonly Step[])[]): readonly HtmlElement[] {
  const all = new Set<HtmlElement>();
  for (const steps of alternatives)
    for (const element of steps.reduce<readonly HtmlElement[]>(next, [root])) all.add(element);
  return [...all];
}

function next(from: readonly HtmlElement[], { combinator, accepts, filters }: Step): readonly HtmlElement[] {
  const found = new Set<HtmlElement>();
  for (const element of from)
    for (const candidate of reached(element, combinator))
      if (accepts.every((accept) => accept(candidate))) found.add(candidate);
  const list = [...found];
  return filters.length === 0 ? list : list.filter((element, i) => filters.every((filter) => filter(element, i, list)));
}

function* reached(element: HtmlElement, combinator: Step['combinator']): Iterable<HtmlElement> {
  if (combinator === ' ') for (const child of element.elements) yield* elementsOf(child);
  else if (combinator === '>') yield* element.elements;
  else {
    const behind = (element.parent?.elements ?? []).slice(element.index + 1);
    yield* combinator === '+' ? behind.slice(0, 1) : behind;
  }
}
