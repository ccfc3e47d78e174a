import { HtmlElement, type HtmlNode } from './dom.js';
import type { Attributes } from './tokenizer.js';

export const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));
const SCOPE = words('applet caption html marquee object table td th');
const IMPLIED_ENDS = words('dd dt li optgroup option p rb rp rt rtc');
const THOROUGH_ENDS = words('caption colgroup tbody td tfoot th thead tr');
export const FOSTERING = words('table tbody tfoot thead tr');
export const SPECIAL = words(
  'address applet area article aside base basefont bgsound blockquote body br button caption center col colgroup command dd details dir div dl dt embed fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html iframe img input isindex li link listing marquee menu meta nav noembed noframes noscript object ol p param plaintext pre script section select style summary table tbody td textarea tfoot th thead title tr ul wbr xmp',
);
const DATA = words('script style');
/** How far jsoup looks up for a scope. */
const SCOPE_DEPTH = 100;
/** How many formatting elements are opened anew. */
const REOPENED = 12;

/** The elements that are open, and the formatting ones that go on when one is closed in the wrong order (HTML 5, as jsoup has it). */
export class OpenElements {
  readonly root = new HtmlElement('#root', undefined);
  readonly stack: HtmlElement[] = [];
  /** undefined = a marker. */
  readonly formatting: (HtmlElement | undefined)[] = [];
  /** While set, what may not stand in a table goes in front of it. */
  fostering = false;

  get current(): HtmlElement {
    return this.stack.at(-1) ?? this.root;
  }
  isCurrent(name: string): boolean {
    return this.stack.at(-1)?.name === name;
  }

  create(name: string, attributes: Attributes | undefined, foreign?: string): HtmlElement {
    return new HtmlElement(name, attributes, foreign);
  }

  insert(element: HtmlElement): HtmlElement {
    if (this.fostering && FOSTERING.has(this.current.name)) this.foster(element);
    else this.current.append(element);
    this.stack.push(element);
    return element;
  }

  insertText(text: string, into = this.current): void {
    into.append({ kind: DATA.has(into.name) ? 'data' : 'text', text, parent: undefined });
  }

  /** In front of the innermost table. */
  foster(node: HtmlNode): void {
    const table = this.find('table');
    const parent = table?.parent;
    if (table !== undefined && parent !== undefined) {
      detach(node);
      node.parent = parent;
      parent.children.splice(parent.children.indexOf(table), 0, node);
    } else {
      const above = table === undefined ? this.stack[0] : this.stack[this.stack.indexOf(table) - 1];
      (above ?? this.root).append(node);
    }
  }

  /** The innermost open element of that name. */
  find(name: string): HtmlElement | undefined {
    for (let i = this.stack.length - 1; i >= 0; i--) {
      const element = this.stack[i];
      if (element?.name === name && element.foreign === undefined) return element;
    }
    return undefined;
  }
  has(name: string): boolean {
    return this.find(name) !== undefined;
  }

  inScope(names: string | ReadonlySet<string>, extra?: string | ReadonlySet<string>): boolean {
    return this.#search(
      names,
      (name) => SCOPE.has(name) || (typeof extra === 'string' ? extra === name : (extra?.has(name) ?? false)),
    );
  }
  inTableScope(name: string): boolean {
    return this.#search(name, (other) => other === 'html' || other === 'table');
  }
  inSelectScope(name: string): boolean {
    return this.#search(name, (other) => other !== 'optgroup' && other !== 'option');
  }
  #search(names: string | ReadonlySet<string>, ends: (name: string) => boolean): boolean {
    const floor = Math.max(0, this.stack.length - 1 - SCOPE_DEPTH);
    for (let i = this.stack.length - 1; i >= floor; i--) {
      const element = this.stack[i];
      if (element === undefined || element.foreign !== undefined) continue;
      if (typeof names === 'string' ? element.name === names : names.has(element.name)) return true;
      if (ends(element.name)) return false;
    }
    return false;
  }

  /** Up to and with the innermost of these names. */
  popTo(names: string | ReadonlySet<string>): void {
    for (;;) {
      const element = this.stack.pop();
      if (element === undefined) return;
      if (element.foreign !== undefined) continue;
      if (typeof names === 'string' ? element.name === names : names.has(element.name)) return;
    }
  }
  /** Down to one of these names, which stays. */
  clearTo(names: ReadonlySet<string>): void {
    while (this.stack.length > 0) {
      const { name, foreign } = this.current;
      if (foreign === undefined && (names.has(name) || name === 'html')) return;
      this.stack.pop();
    }
  }
  impliedEnds(except?: string, thorough = false): void {
    for (;;) {
      const { name } = this.current;
      if (name === except || !(IMPLIED_ENDS.has(name) || (thorough && THOROUGH_ENDS.has(name)))) return;
      this.stack.pop();
    }
  }
  remove(element: HtmlElement): void {
    const at = this.stack.lastIndexOf(element);
    if (at >= 0) this.stack.splice(at, 1);
  }

  mark(): void {
    this.formatting.push(undefined);
  }
  clearToMark(): void {
    while (this.formatting.length > 0 && this.formatting.pop() !== undefined);
  }
  /** Of equal ones only three are kept. */
  addFormatting(element: HtmlElement, at = this.formatting.length): void {
    let seen = 0;
    for (let i = this.formatting.length - 1; i >= 0; i--) {
      const other = this.formatting[i];
      if (other === undefined) break;
      if (!alike(element, other) || ++seen < 3) continue;
      this.formatting.splice(i, 1);
      break;
    }
    this.formatting.splice(at, 0, element);
  }
  dropFormatting(element: HtmlElement): void {
    const at = this.formatting.lastIndexOf(element);
    if (at >= 0) this.formatting.splice(at, 1);
  }
  findFormatting(name: string): HtmlElement | undefined {
    for (let i = this.formatting.length - 1; i >= 0; i--) {
      const element = this.formatting[i];
      if (element === undefined || element.name === name) return element;
    }
    return undefined;
  }

  /** Opens again what was closed only because something around it was. */
  reconstruct(): void {
    const { formatting, stack } = this;
    const last = formatting.at(-1);
    if (last === undefined || stack.includes(last)) return;
    let at = formatting.length - 1;
    const floor = Math.max(0, formatting.length - REOPENED);
    while (at > floor) {
      const before = formatting[at - 1];
      if (before === undefined || stack.includes(before)) break;
      at--;
    }
    for (; at < formatting.length; at++) {
      const entry = formatting[at];
      if (entry === undefined) continue;
      formatting[at] = this.insert(this.create(entry.name, entry.attributes && new Map(entry.attributes)));
    }
  }
}

/** Takes a node out of its parent. */
export function detach(node: HtmlNode): void {
  const siblings = node.parent?.children;
  if (siblings !== undefined) siblings.splice(siblings.indexOf(node), 1);
  node.parent = undefined;
}

function alike(a: HtmlElement, b: HtmlElement): boolean {
  if (a.name !== b.name || (a.attributes?.size ?? 0) !== (b.attributes?.size ?? 0)) return false;
  for (const [name, value] of a.attributes ?? []) if (b.attributes?.get(name) !== value) return false;
  return true;
}
