/** HTTP/1.1 of one virtual user, with the behaviour of Apache HttpClient 4.5.14 as JMeter sets it up. */
export { basicHeader, type Login, LoginAuthorizer } from './authorizer.js';
export { BodyIntake, type IntakeTerms, intakeFor } from './body-intake.js';
export { type Call, type CallListener, HttpCall } from './call.js';
export { type ClientSettings, HttpClient } from './client.js';
export { type Abortable, connect, type Surroundings as HttpSurroundings } from './connect.js';
export { decodedHead } from './content-decoding.js';
export { httpError, isSwitched } from './error.js';
export { laxRedirects } from './follow.js';
export { Hops } from './hops.js';
export { needsTunnel, TunnelRefused, tunnel } from './proxy.js';
export type { Authorizer, Entity, Follow, HttpRequest } from './request.js';
export type { Lines, MakeHead } from './request-head.js';
export { type Header as HttpHeader, headerLine, RequestHeaders, withHeader } from './request-headers.js';
export { type Resolve, type ResolverSettings, systemResolver } from './resolver.js';
export { allFields, firstField, framingOf, parseHead, type ResponseHead } from './response-head.js';
export { type HttpProxy, type Route, routeOf } from './route.js';
export { redirectTarget, type Target as HttpTarget, targetOf, urlOfTarget } from './target.js';
export { type FilePart, Parts } from './upload.js';
