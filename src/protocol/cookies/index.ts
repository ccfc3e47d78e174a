export { type Cookie, type CookieOrigin, type CookiePolicy, MalformedCookie, type ReceivedCookie } from './cookie.js';
export { cookiePolicy } from './policies.js';
