export { type Page, PageLinkError, type PageParser, pageLinks } from './page-links.js';
