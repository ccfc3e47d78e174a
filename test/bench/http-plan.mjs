// The HTTP job as a plan: a POST with variables in its path and body, six headers, cookies, two extractors, two assertions.
import { bool, constantTimer, group, int, loop, onceOnly, plan, processors, string, tag } from './plans.mjs';

const manager = (name, props) => tag(`${name}Manager`, `${name}Panel`, name, props);
const header = (name, value) =>
  `<elementProp name="" elementType="Header">${string('Header.name', name)}${string('Header.value', value)}</elementProp>`;
const headers = (rows) =>
  manager(
    'Header',
    `<collectionProp name="HeaderManager.headers">${rows.map(([name, value]) => header(name, value)).join('')}</collectionProp>`,
  );
const cookies = tag(
  'CookieManager',
  'CookiePanel',
  'cookies',
  `<collectionProp name="CookieManager.cookies"/>${bool('CookieManager.clearEachIteration', false)}`,
);
const variables = (rows) =>
  tag(
    'Arguments',
    'ArgumentsPanel',
    'variables',
    `<collectionProp name="Arguments.arguments">${rows
      .map(
        ([name, value]) =>
          `<elementProp name="${name}" elementType="Argument">${string('Argument.name', name)}${string('Argument.value', value)}${string('Argument.metadata', '=')}</elementProp>`,
      )
      .join('')}</collectionProp>`,
  );
const counter = tag(
  'CounterConfig',
  'CounterConfigGui',
  'counter',
  string('CounterConfig.start', 1) +
    string('CounterConfig.incr', 1) +
    string('CounterConfig.name', 'n') +
    bool('CounterConfig.per_user', true),
);
const rawBody = (text) =>
  bool('HTTPSampler.postBodyRaw', true) +
  `<elementProp name="HTTPsampler.Arguments" elementType="Arguments"><collectionProp name="Arguments.arguments"><elementProp name="" elementType="HTTPArgument">${bool('HTTPArgument.always_encode', false)}${string('Argument.value', text)}${string('Argument.metadata', '=')}</elementProp></collectionProp></elementProp>`;
const request = (port, { title, path, method = 'GET', body = '', children = '' }) =>
  tag(
    'HTTPSamplerProxy',
    'HttpTestSampleGui',
    title,
    string('HTTPSampler.domain', '127.0.0.1') +
      string('HTTPSampler.port', port) +
      string('HTTPSampler.path', path) +
      string('HTTPSampler.method', method) +
      bool('HTTPSampler.use_keepalive', true) +
      bool('HTTPSampler.follow_redirects', true) +
      string('HTTPSampler.response_timeout', 20_000) +
      body,
    children,
  );
const statusAssertion = tag(
  'ResponseAssertion',
  'AssertionGui',
  'status',
  `<collectionProp name="Asserion.test_strings"><stringProp name="0">200</stringProp></collectionProp>${string('Assertion.test_field', 'Assertion.response_code')}${bool('Assertion.assume_success', false)}${int('Assertion.test_type', 8)}`,
);

const ROWS = [
  ['Content-Type', 'application/json'],
  ['Accept', 'application/json'],
  ['Accept-Language', 'en'],
  ['X-Request-Id', 'r-${n}'],
  ['X-Tenant', '${tenant}'],
  ['Authorization', 'Bearer ${token}'],
];

/** `loops` POSTs of each user, behind one request that gets a cookie. */
export const httpJob = (port, users, loops) =>
  plan(
    variables([
      ['tenant', 'acme'],
      ['token', 'none'],
    ]) +
      group(
        { threads: users, loops: 1 },
        cookies +
          headers(ROWS) +
          onceOnly(request(port, { title: 'login', path: '/login' })) +
          loop(
            loops,
            counter +
              request(port, {
                title: 'order',
                path: '/orders/${n}?tenant=${tenant}',
                method: 'POST',
                body: rawBody(
                  '{&quot;order&quot;:${n},&quot;tenant&quot;:&quot;${tenant}&quot;,&quot;items&quot;:[{&quot;sku&quot;:&quot;a-${n}&quot;,&quot;count&quot;:2},{&quot;sku&quot;:&quot;b&quot;,&quot;count&quot;:1}],&quot;note&quot;:&quot;please ring twice&quot;}',
                ),
                children: processors + statusAssertion,
              }),
          ),
      ),
  );

/** One GET of each user after another, none of whose answers is looked at. */
export const plainJob = (port, users, loops) =>
  plan(group({ threads: users, loops }, request(port, { title: 'get', path: '/plain' })));

/** One GET of each user, who then waits with its connection open. */
export const connectedJob = (port, users, ramp) =>
  plan(
    group(
      { threads: users, loops: 1, ramp },
      request(port, { title: 'get', path: '/plain' }) +
        request(port, { title: 'later', path: '/plain', children: constantTimer(600_000) }),
    ),
  );

/** GETs of users who think for `thinkTime` ms before each, half of it more or less. */
export const pacedJob = (port, { users, ramp, loops, thinkTime }) => {
  const think = string('ConstantTimer.delay', thinkTime / 2) + string('RandomTimer.range', thinkTime);
  const children = tag('UniformRandomTimer', 'UniformRandomTimerGui', 'think', think);
  return plan(group({ threads: users, loops, ramp }, request(port, { title: 'get', path: '/plain', children })));
};
