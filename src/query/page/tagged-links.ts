import { JavaError, javaTrim } from '../../java/index.js';
import { type Attributes, Tokenizer } from '../html/tokenizer.js';
import { isForVersion } from './conditional-comment.js';
import { type Links, relativeUrl } from './links.js';
import { type Page, PageLinkError } from './page-links.js';

/** What stands in these is text, with references in it or without. */
const TEXT: ReadonlyMap<string, boolean> = new Map([
  ...['script', 'style', 'xmp', 'iframe', 'noembed', 'noframes', 'noscript'].map((name) => [name, false] as const),
  ...['textarea', 'title'].map((name) => [name, true] as const),
]);

/** The resources that the tags of a page name (LagartoBasedHtmlParser 5.6.3; the tokens are HTML 5's, as Lagarto's are). */
export function taggedLinks({ text, userAgent }: Page, links: Links): void {
  const version = explorerVersion(userAgent);
  new TagReader(links, version).read(text);
}

/** Conditional comments ended with version 10. */
function explorerVersion(userAgent: string | undefined): number | undefined {
  const found = /MSIE ([0-9]+.[0-9]+)/.exec(userAgent ?? '')?.[1];
  const version = found === undefined ? Number.NaN : Number.parseFloat(found);
  return version < 10 ? version : undefined;
}

const NONE: Attributes = new Map();

class TagReader {
  /** Revealed conditional comments around here: whether they are for this browser. */
  readonly #enabled: boolean[] = [];

  constructor(
    private readonly links: Links,
    private readonly version: number | undefined,
  ) {}

  read(text: string): void {
    const tokens = new Tokenizer(text);
    for (let token = tokens.next(); token.kind !== 'eof'; token = tokens.next()) {
      if (token.kind === 'comment') this.#comment(token.text);
      if (token.kind !== 'start') continue;
      if (this.#enabled.at(-1) !== false) this.#tag(token.name, token.attributes ?? NONE);
      const escaped = token.closed ? undefined : TEXT.get(token.name);
      if (escaped !== undefined) tokens.raw(token.name, escaped);
    }
  }

  /** `[if lt IE 9]>…<![endif]` hides its tags from all but some; `<![if IE]>` and `<![endif]>` stand beside them. */
  #comment(data: string): void {
    const { version } = this;
    if (version === undefined) return;
    const hidden = /^\s*\[(if\b[^\]]*)\]>([\s\S]*?)(?:<!\[endif\])?$/.exec(data);
    if (hidden) {
      const [, expression = '', inner = ''] = hidden;
      if (isForVersion(expression, version)) new TagReader(this.links, version).read(inner);
      return;
    }
    const opens = /^\[(if\b[^\]]*)\]$/.exec(data)?.[1];
    if (opens !== undefined) this.#enabled.push(isForVersion(opens, version));
    else if (/^\[endif\]$/.test(data)) this.#enabled.pop();
  }

  #tag(name: string, attributes: Attributes): void {
    const read = TAGS.get(name);
    if (read) read(attributes, this.links);
    else addFrom(attributes, 'background', this.links);
    // A script's style is not looked at.
    const style = name === 'script' ? undefined : attributes.get('style');
    for (const match of style?.matchAll(STYLE_URL) ?? []) this.links.add(match[1] ?? '');
  }
}

const STYLE_URL = /URL\(\s*['"](.*)['"]\s*\)/gis;

function addFrom(attributes: Attributes, attribute: string, links: Links): void {
  const value = attributes.get(attribute);
  if (value !== undefined) addText(value, links);
}

const addText = (text: string, links: Links): void => links.add(javaTrim(text).replace(/[\n\r\b\f]+/g, ''));

type ReadTag = (attributes: Attributes, links: Links) => void;
const source: ReadTag = (attributes, links) => addFrom(attributes, 'src', links);
const RELATIONS: ReadonlySet<string> = new Set(['stylesheet', 'icon', 'shortcut icon', 'preload']);

const TAGS: ReadonlyMap<string, ReadTag> = new Map(
  Object.entries<ReadTag>({
    base(attributes, links) {
      const href = attributes.get('href');
      if (href === undefined || href === '') return;
      try {
        links.base = relativeUrl(links.base, href);
      } catch (error) {
        if (!(error instanceof JavaError)) throw error;
        throw new PageLinkError(`java.lang.IllegalArgumentException: Error creating relative url from ${href}`);
      }
    },
    img: source,
    script: source,
    frame: source,
    iframe: source,
    embed: source,
    bgsound: source,
    input(attributes, links) {
      if (attributes.get('type')?.toLowerCase() === 'image') source(attributes, links);
    },
    link(attributes, links) {
      if (RELATIONS.has(attributes.get('rel')?.toLowerCase() ?? '')) addFrom(attributes, 'href', links);
    },
    object(attributes, links) {
      addFrom(attributes, 'codebase', links);
      addFrom(attributes, 'data', links);
    },
    applet(attributes, links) {
      const base = attributes.get('codebase') ?? '';
      if (base.trim() === '') addFrom(attributes, 'code', links);
      else {
        const archive = attributes.get('archive') ?? '';
        addText(`${base}/${archive.trim() === '' ? (attributes.get('code') ?? 'null') : archive}`, links);
      }
    },
  }),
);
