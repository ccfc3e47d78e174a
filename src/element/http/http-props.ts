import { NAME_KEY } from '../../jmx/index.js';
import { type Named, type Prop, prop, type Values } from '../../model/index.js';

const argument = {
  name: prop.text('Argument.name'),
  value: prop.text('Argument.value'),
  /** What stands between name and value in a query. */
  metadata: prop.text('Argument.metadata'),
  alwaysEncode: prop.flag('HTTPArgument.always_encode'),
  contentType: prop.text('HTTPArgument.content_type', 'text/plain'),
};

/** Marks rows that are plain Arguments, without what HTTP adds: plans that were put together by hand have them. */
const rows: Prop<readonly HttpArgument[]> = {
  ...prop.list('Arguments.arguments', argument),
  bind(property, compile) {
    const bound = prop.list('Arguments.arguments', argument).bind(property, compile);
    if (property?.kind !== 'collection') return bound;
    const casts = property.items.map((item) => item.kind === 'element' && PLAIN.test(item.elementType));
    if (!casts.includes(true)) return bound;
    const marked = (list: readonly HttpArgument[]): readonly HttpArgument[] =>
      list.map((row, i) => (casts[i] ? Object.create(row, { plain: { value: true } }) : row));
    return typeof bound === 'function' ? (user) => marked(bound(user)) : marked(bound);
  },
};
const PLAIN = /^(?:org\.apache\.jmeter\.config\.)?Argument$/;

const file = {
  path: prop.text('File.path'),
  paramName: prop.text('File.paramname'),
  mimeType: prop.text('File.mimetype'),
};

/** What an HTTP Request is made of; HTTP Request Defaults fill what is missing. */
export const httpProps = {
  domain: prop.text('HTTPSampler.domain'),
  port: prop.text('HTTPSampler.port'),
  protocol: prop.text('HTTPSampler.protocol', 'http'),
  path: prop.text('HTTPSampler.path'),
  method: prop.text('HTTPSampler.method', 'GET'),
  contentEncoding: prop.text('HTTPSampler.contentEncoding', 'UTF-8'),
  followRedirects: prop.flag('HTTPSampler.follow_redirects'),
  autoRedirects: prop.flag('HTTPSampler.auto_redirects'),
  useKeepAlive: prop.flag('HTTPSampler.use_keepalive'),
  multipart: prop.flag('HTTPSampler.DO_MULTIPART_POST'),
  browserCompatible: prop.flag('HTTPSampler.BROWSER_COMPATIBLE_MULTIPART'),
  postBodyRaw: prop.flag('HTTPSampler.postBodyRaw'),
  arguments: prop.nested('HTTPsampler.Arguments', { rows }),
  files: prop.nested('HTTPsampler.Files', { rows: prop.list('HTTPFileArgs.files', file) }),
  imageParser: prop.flag('HTTPSampler.image_parser'),
  concurrentDownload: prop.flag('HTTPSampler.concurrentDwn'),
  concurrentPool: prop.text('HTTPSampler.concurrentPool', '6'),
  embeddedAllow: prop.text('HTTPSampler.embedded_url_re'),
  embeddedExclude: prop.text('HTTPSampler.embedded_url_exclude_re'),
  md5: prop.flag('HTTPSampler.md5'),
  implementation: prop.text('HTTPSampler.implementation'),
  /** Milliseconds; 0 and less = no limit. */
  connectTimeout: prop.int('HTTPSampler.connect_timeout'),
  responseTimeout: prop.int('HTTPSampler.response_timeout'),
  proxyScheme: prop.text('HTTPSampler.proxyScheme'),
  proxyHost: prop.text('HTTPSampler.proxyHost'),
  proxyPort: prop.int('HTTPSampler.proxyPort'),
  proxyUser: prop.text('HTTPSampler.proxyUser'),
  proxyPass: prop.text('HTTPSampler.proxyPass'),
  ipSource: prop.text('HTTPSampler.ipSource'),
  ipSourceType: prop.int('HTTPSampler.ipSourceType'),
};

export type HttpProps = Named<typeof httpProps>;
/** `plain`: JMeter can put it into an address, and no more. */
export type HttpArgument = Values<typeof argument> & { readonly plain?: boolean };
export type HttpFile = Values<typeof file>;

/** Keys that plans hold and that change nothing in a run: constants of old versions, the GraphQL panel's own. */
export const HTTP_IGNORED = [
  NAME_KEY,
  'HTTPSampler.monitor',
  'HTTPSampler.URL',
  'HTTPSampler.CONTENT_TYPE',
  'HTTPSampler.sample_timeout',
  'HTTPSampler.FILE_NAME',
  'HTTPSampler.FILE_FIELD',
  'HTTPSampler.mimetype',
  'HTTPSampler.header_manager',
  'HTTPSampler.cookie_manager',
  'HTTPSampler.auth_manager',
  'HTTPSampler.cache_manager',
  'HTTPSampler.dns_cache_manager',
  'HTTPSampler.keystore_configuration',
  'GraphQLHTTPSampler.operationName',
  'GraphQLHTTPSampler.query',
  'GraphQLHTTPSampler.variables',
];
