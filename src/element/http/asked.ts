import type { User } from '../../model/index.js';
import type { HttpProps } from './http-props.js';
import { requestUrl } from './request-url.js';

type Answer = (props: HttpProps, user: User, self: object) => string | number | boolean;

/** What scripts may ask of an HTTP sampler; its text is its address (HTTPSamplerBase.toString). */
export const asked: Readonly<Record<string, Answer>> = {
  getUrl: addressOf,
  toString: addressOf,
  getPath: ({ path }) => path,
  getDomain: ({ domain }) => domain,
  getMethod: ({ method }) => method,
  getProtocol: ({ protocol }) => protocol,
  getContentEncoding: ({ contentEncoding }) => contentEncoding,
  getImplementation: ({ implementation }) => implementation,
  getFollowRedirects: ({ followRedirects }) => followRedirects,
  getAutoRedirects: ({ autoRedirects }) => autoRedirects,
  getUseKeepAlive: ({ useKeepAlive }) => useKeepAlive,
  isImageParser: ({ imageParser }) => imageParser,
  getConnectTimeout: ({ connectTimeout }) => connectTimeout,
  getResponseTimeout: ({ responseTimeout }) => responseTimeout,
};

function addressOf(props: HttpProps, _user: User, self: object): string {
  return String(requestUrl(props, self));
}
