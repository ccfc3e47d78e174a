export { relativeUrl } from './links.js';
export { type Page, PageLinkError, type PageParser, pageLinks } from './page-links.js';
