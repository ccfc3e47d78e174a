import { httpError } from './error.js';
import type { Follow, HttpRequest } from './request.js';
import type { ResponseHead } from './response-head.js';

/** The redirects that a client follows for one request by itself, and the places where they led. */
export class Hops {
  #count = 0;
  readonly #visited = new Set<string>();

  constructor(
    /** As many as HttpClient follows. */
    private readonly most: number,
  ) {}

  /** The request for where a response leads. Throws ClientProtocolException when it leads in a circle or too far, unless the rule has a judgement of its own. */
  next(follow: Follow, request: HttpRequest, head: ResponseHead): HttpRequest {
    const next = follow.next(request, head);
    this.#count++;
    if (follow.checkHops !== undefined) {
      follow.checkHops(this.#count);
      return next;
    }
    const { secure, hostHeader, path } = next.target;
    const place = `${secure} ${hostHeader} ${path}`;
    if (this.#visited.has(place) || this.#visited.size >= this.most) throw httpError.protocol();
    this.#visited.add(place);
    return next;
  }
}
