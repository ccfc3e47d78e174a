import { JavaError } from '../../java/index.js';
import type { PlacedSampler, User } from '../../model/index.js';
import { takeFile } from './file-request.js';
import type { HttpProps } from './http-props.js';
import { type TakeRequest, takeRequest } from './http-request.js';
import { settingsOf } from './http-settings.js';
import { httpUserOf } from './http-user.js';
import { takeHttp2Request } from './http2-request.js';
import { takeJavaRequest } from './java-request.js';

const IMPLEMENTATIONS: Readonly<Record<string, TakeRequest>> = {
  HttpClient4: takeRequest,
  'HttpClient3.1': takeRequest,
  Java: takeJavaRequest,
  HTTPSampler: takeJavaRequest,
};

/**
 * What takes the samples of a sampler for a user; it is chosen with the first of them and then stays (HTTPSamplerProxy,
 * HTTPSamplerFactory 5.6.3). Throws IllegalArgumentException for a name that is none.
 */
export function implementationOf(props: HttpProps, user: User, self: PlacedSampler): TakeRequest {
  const http = httpUserOf(user);
  const known = http.implementationOf(self);
  if (known !== undefined) return known;
  const take = choose(props, user);
  http.choose(self, take);
  return take;
}

function choose(props: HttpProps, user: User): TakeRequest {
  const given = props.implementation;
  if (props.protocol === 'file') return takeFile;
  const name = given.trim() === '' ? settingsOf(user.test).implementation : given;
  const found = IMPLEMENTATIONS[name];
  const { http2 } = settingsOf(user.test);
  if (found === takeRequest && http2 !== undefined) return takeHttp2Request(http2);
  if (found !== undefined) return found;
  throw new JavaError('java.lang.IllegalArgumentException', `Unknown implementation type: '${name}'`);
}
