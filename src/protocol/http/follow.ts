import { httpError } from './error.js';
import type { Entity, Follow, HttpRequest } from './request.js';
import type { ResponseHead } from './response-head.js';
import { redirectTarget } from './target.js';
import { Parts } from './upload.js';

/** Methods that LaxRedirectStrategy 4.5.14 follows with. */
const FOLLOWED = new Set(['GET', 'POST', 'HEAD', 'DELETE']);
/** What HttpClient follows as JMeter sets it up. */
export const laxRedirects: Follow = { goes, next };

const FORM = 'application/x-www-form-urlencoded';

function goes({ method }: HttpRequest, { status, location }: ResponseHead): boolean {
  switch (status) {
    case 302:
      return FOLLOWED.has(method) && location !== undefined;
    case 301:
    case 307:
    case 308:
      return FOLLOWED.has(method);
    default:
      return status === 303;
  }
}

/** Throws ClientProtocolException when it names no place. */
function next(request: HttpRequest, { status, location }: ResponseHead): HttpRequest {
  if (location === undefined) throw httpError.protocol();
  const target = redirectTarget(request.target, location);
  if (request.method === 'HEAD' || (status !== 307 && status !== 308) || request.method === 'GET') {
    const method = request.method === 'HEAD' ? 'HEAD' : 'GET';
    return { ...request, method, target, entity: undefined };
  }
  return sameAgain({ ...request, target });
}

/** RequestBuilder.copy 4.5.14 takes a form apart, and only POST and PUT get a form again. */
function sameAgain(request: HttpRequest): HttpRequest {
  const { entity, method, target } = request;
  if (!entity?.contentType?.startsWith(FORM)) return { ...request, entity: entity ?? undefined };
  const form = textOf(entity);
  if (form !== '' && method === 'POST') return request;
  if (form === '') return { ...request, entity: undefined };
  const path = `${target.path}${target.path.includes('?') ? '&' : '?'}${form}`;
  return { ...request, entity: undefined, target: { ...target, path, rawPath: path } };
}

/** Forms are never sent from files. */
const textOf = ({ content }: Entity): string => {
  if (content instanceof Parts) return '';
  return typeof content === 'string' ? content : content.toString('latin1');
};
