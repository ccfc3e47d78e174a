import { HtmlElement } from './dom.js';
import { detach, words } from './open-elements.js';
import { Tokenizer } from './tokenizer.js';

const VOID = words('area base br col embed hr img input keygen link menuitem meta param source track wbr');
const RAW = words('script style xmp iframe noframes noembed noscript');
const ESCAPED = words('textarea title');

/** What is closed by a new tag: the open elements, and the tags. */
const CLOSED_BY_START: readonly (readonly [open: ReadonlySet<string>, tags: ReadonlySet<string>])[] = (
  [
    [
      'p',
      'address article aside blockquote center details dir div dl fieldset figcaption figure footer header hgroup menu nav ol p section summary ul h1 h2 h3 h4 h5 h6 pre listing form li dd dt plaintext table hr xmp',
    ],
    ['dd dt', 'dd dt'],
    ['li', 'li'],
    ['td', 'td'],
    ['th', 'th'],
    ['tr td th colgroup', 'tr'],
    ['thead tr td th colgroup', 'tbody'],
    ['tbody tr td th', 'tfoot'],
    ['colgroup', 'thead'],
    ['colgroup', 'colgroup'],
    ['optgroup', 'optgroup'],
    ['head', 'body'],
  ] as const
).map(([open, tags]) => [words(open), words(tags)]);

const ITEMS = words('dd dt');
const PARTS = words('th td tr tbody tfoot thead');
const DOCUMENT = 'dd dt li optgroup option p tbody td tfoot th thead tr';
/** What is closed by an end tag. */
const CLOSED_BY_END: Readonly<Record<string, ReadonlySet<string>>> = {
  dl: ITEMS,
  ul: words('li'),
  ol: words('li'),
  table: PARTS,
  select: words('optgroup'),
  body: words(`${DOCUMENT} html`),
  html: words(`${DOCUMENT} body`),
};

/** Builds a tree as Jodd's LagartoDOMBuilder 5.0.13 does: the tags as they are written, few ends implied, nothing moved. */
export function buildJoddTree(text: string): HtmlElement {
  const builder = new Builder(text);
  builder.build();
  return builder.root;
}

class Builder {
  readonly root = new HtmlElement('#root', undefined);
  #current = this.root;
  readonly #tokens: Tokenizer;

  constructor(text: string) {
    this.#tokens = new Tokenizer(text, 'jodd');
  }

  build(): void {
    for (;;) {
      const token = this.#tokens.next();
      switch (token.kind) {
        case 'eof':
          return;
        case 'start':
          this.#start(new HtmlElement(token.name, token.attributes), token.closed);
          break;
        case 'end':
          this.#end(token.name);
          break;
        default:
          this.#current.append({ kind: token.kind, text: token.text, parent: undefined });
      }
    }
  }

  #start(element: HtmlElement, closed: boolean): void {
    const { name } = element;
    // A tag that closes itself closes nothing else.
    while (!closed && name !== 'script' && closedByStart(this.#current.name, name)) this.#up();
    this.#current.append(element);
    if (closed || VOID.has(name)) return;
    const escaped = ESCAPED.has(name);
    if (!escaped && !RAW.has(name)) {
      this.#current = element;
      return;
    }
    const text = this.#tokens.raw(name, escaped);
    if (text !== '') element.append({ kind: 'text', text, parent: undefined });
  }

  #end(name: string): void {
    let matching: HtmlElement | undefined = this.#current;
    while (matching !== undefined && matching.name !== name) matching = matching.parent;
    if (matching === undefined) return;
    while (this.#current !== matching && CLOSED_BY_END[name]?.has(this.#current.name)) this.#up();
    while (this.#current !== matching) this.#closeUnclosed();
    this.#up();
  }

  /** What the parent's start would not have stood goes beside it. */
  #closeUnclosed(): void {
    const element = this.#current;
    this.#up();
    const parent = this.#current;
    if (parent.parent === undefined || !closedByStart(parent.name, element.name)) return;
    detach(element);
    parent.parent.append(element);
  }

  #up(): void {
    this.#current = this.#current.parent ?? this.root;
  }
}

const closedByStart = (open: string, tag: string): boolean =>
  CLOSED_BY_START.some(([names, tags]) => names.has(open) && tags.has(tag));
