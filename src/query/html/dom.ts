/** A node of a page. */
export type HtmlNode = HtmlElement | HtmlLeaf;

/** A text; `data` is what stands in a script or style. */
export interface HtmlLeaf {
  readonly kind: 'text' | 'data' | 'comment' | 'doctype';
  text: string;
  parent: HtmlElement | undefined;
}

/** An element; the document is one, too, with the name `#root`. */
export class HtmlElement {
  readonly kind = 'element';
  parent: HtmlElement | undefined;
  readonly children: HtmlNode[] = [];
  /** Place among the elements of its parent; counted when somebody first asks. */
  #index = -1;
  #elements: readonly HtmlElement[] | undefined;

  constructor(
    readonly name: string,
    /** Names in lower case, in the order of the tag; undefined = none, or no value. */
    public attributes: Map<string, string | undefined> | undefined,
    /** `svg` or `math`; undefined = HTML. */
    readonly foreign?: string | undefined,
  ) {}

  append(node: HtmlNode): void {
    node.parent = this;
    this.children.push(node);
  }

  attribute(name: string): string | undefined {
    return this.attributes?.get(name);
  }

  /** The children that are elements; the tree does not change any more. */
  get elements(): readonly HtmlElement[] {
    this.#elements ??= this.children.filter((node) => node.kind === 'element');
    return this.#elements;
  }

  /** Place among the elements of its parent, from 0. */
  get index(): number {
    if (this.parent === undefined) return 0;
    if (this.#index < 0)
      this.parent.elements.forEach((element, i) => {
        element.#index = i;
      });
    return this.#index;
  }
}

/** The element and all below it, in the order of the page. */
export function* elementsOf(root: HtmlElement): Generator<HtmlElement> {
  yield root;
  for (const child of root.children) if (child.kind === 'element') yield* elementsOf(child);
}
