import { JavaError, type JavaUrl, parseUrl } from '../../java/index.js';

/** The addresses found so far, and what they are relative to (URLCollection and ConversionUtils 5.6.3). */
export class Links {
  readonly all: JavaUrl[] = [];
  readonly #known = new Set<string>();

  constructor(
    public base: JavaUrl,
    private readonly once: boolean,
  ) {}

  /** An address as a page writes it; what is none is left out. */
  add(text: string): void {
    if (text === '') return;
    let url: JavaUrl;
    try {
      url = relativeUrl(this.base, unescapeXml(text));
    } catch (error) {
      if (error instanceof JavaError) return;
      throw error;
    }
    const key = url.toString();
    if (this.once && this.#known.has(key)) return;
    this.#known.add(key);
    this.all.push(url);
  }
}

/**
 * `new URL(base, location)`; `..` that has nothing to go back to is left out when the path begins with it
 * (ConversionUtils.makeRelativeURL 5.6.3). Throws MalformedURLException.
 */
export function relativeUrl(base: JavaUrl | undefined, location: string): JavaUrl {
  const url = parseUrl(location, base);
  if (!location.startsWith('../')) return url;
  const [, prefix] = /^\/((?:\.\.\/)+)/.exec(url.path) ?? [];
  return prefix !== undefined && location.startsWith(prefix) ? parseUrl(location.slice(prefix.length), base) : url;
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** StringEscapeUtils.unescapeXml: the five names, and numbers. */
function unescapeXml(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:(amp|lt|gt|quot|apos)|#(?:[xX]([\da-fA-F]+)|(\d+)));/g, (whole, name, hex, decimal) => {
    if (name !== undefined) return NAMED[name] ?? whole;
    const code = Number.parseInt(hex ?? decimal, hex === undefined ? 10 : 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
