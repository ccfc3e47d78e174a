import type { JavaUrl } from '../../java/index.js';
import { Links } from './links.js';
import { importLinks } from './style-sheet.js';
import { taggedLinks } from './tagged-links.js';
import { textLinks } from './text-links.js';

/** A page whose resources are asked for. */
export interface Page {
  readonly text: string;
  readonly url: JavaUrl;
  /** What the request said that it was: Internet Explorer before 10 reads conditional comments. */
  readonly userAgent: string | undefined;
}

/** How a page is read: its tags, by one pattern over the text as old parsers did, or as a style sheet. */
export type PageParser = 'tags' | 'text' | 'styles';

/** Thrown when the base address of a page is none; the message is that of the exception in JMeter. */
export class PageLinkError extends Error {}

/** The addresses of what a browser would load with a page, in its order (JMeter's LinkExtractorParser 5.6.3). */
export function pageLinks(page: Page, parser: PageParser): readonly JavaUrl[] {
  // A style sheet's imports are a list, all others a set.
  const links = new Links(page.url, parser !== 'styles');
  READERS[parser](page, links);
  return links.all;
}

const READERS: Readonly<Record<PageParser, (page: Page, links: Links) => void>> = {
  tags: taggedLinks,
  text: ({ text }, links) => textLinks(text, links),
  styles: ({ text }, links) => importLinks(text, links),
};
