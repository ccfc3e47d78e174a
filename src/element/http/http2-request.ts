import { Http2Call, type Http2Terms } from '../../protocol/index.js';
import { type TakeRequest, takeRequestBy } from './http-request.js';

/** Takes requests as HttpClient4 does, over HTTP/2 where the server speaks it. */
export const takeHttp2Request =
  (terms: Http2Terms): TakeRequest =>
  (asking, ask, taking) =>
    takeRequestBy((client, request, listener) => new Http2Call(client, request, listener, terms), asking, ask, taking);
