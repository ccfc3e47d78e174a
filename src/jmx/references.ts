import { at, type Problem, problems } from '../problem.js';
import { excerpt } from './source.js';
import type { XmlElement } from './xml.js';

interface Level {
  readonly element: XmlElement;
  readonly above: Level | undefined;
}

/**
 * The tree with each element that stands for an earlier one (`reference="../../hashTree[2]/HeaderManager"`) replaced by it,
 * as XStream writes objects that occur twice and reads them (ReferenceByXPathUnmarshaller 1.4.20). The same tree when there
 * are none. A reference that names nothing before it goes to `found`, for JMeter does not open such a plan.
 */
export function resolveReferences(root: XmlElement, file: string, found: Problem[]): XmlElement {
  return new References(file, found).resolve({ element: root, above: undefined });
}

class References {
  /** What stands for an element that was read; absent = the element itself. */
  readonly #replaced = new Map<XmlElement, XmlElement>();
  readonly #read = new Set<XmlElement>();

  constructor(
    private readonly file: string,
    private readonly found: Problem[],
  ) {}

  resolve(level: Level): XmlElement {
    const { element } = level;
    const reference = element.attributes.get('reference');
    const result = reference === undefined ? this.#withChildren(level) : this.#target(level, reference);
    if (result !== element) this.#replaced.set(element, result);
    this.#read.add(element);
    return result;
  }

  #withChildren(level: Level): XmlElement {
    const { element } = level;
    const children = element.children.map((child) => this.resolve({ element: child, above: level }));
    return children.some((child, i) => child !== element.children[i]) ? { ...element, children } : element;
  }

  #target(level: Level, reference: string): XmlElement {
    const { element } = level;
    const { line, column } = element;
    const target = follow(level, reference);
    if (target !== undefined && this.#read.has(target))
      return { ...(this.#replaced.get(target) ?? target), line, column };
    const what = `the reference "${excerpt(reference)}" names nothing that stands before it`;
    this.found.push(at(problems.badStructure(what), { file: this.file, line, column }));
    return element;
  }
}

/** The element at a path from here, or from the document when it begins with a slash. */
function follow(from: Level, path: string): XmlElement | undefined {
  let level: Level | undefined = path.startsWith('/') ? undefined : from;
  for (const step of path.split('/').filter((part) => part !== '' && part !== '.')) {
    if (step === '..') {
      if (level === undefined) return undefined;
      level = level.above;
      continue;
    }
    const element: XmlElement | undefined = level
      ? childAt(level.element.children, step)
      : childAt([rootOf(from)], step);
    if (element === undefined) return undefined;
    level = { element, above: level };
  }
  return level?.element;
}

/** `name`, or `name[2]` for the second of that name. */
function childAt(children: readonly XmlElement[], step: string): XmlElement | undefined {
  const [, name = step, index = '1'] = /^(.+?)(?:\[(\d+)\])?$/.exec(step) ?? [];
  return children.filter(({ tag }) => tag === name)[Number(index) - 1];
}

function rootOf(level: Level): XmlElement {
  let top = level;
  while (top.above) top = top.above;
  return top.element;
}
