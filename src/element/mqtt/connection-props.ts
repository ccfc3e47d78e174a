import type { PlanElement } from '../../jmx/index.js';
import { prop } from '../../model/index.js';
import { type Problem, problems } from '../../problem.js';
import { connectionProps5 } from './mqtt5.js';

/** What all connecting samplers read, as text: the plugin parses numbers itself, and says so when they are none. */
export const connectionProps = {
  server: prop.text('mqtt.server', '127.0.0.1'),
  port: prop.text('mqtt.port', '1883'),
  version: prop.text('mqtt.version', '3.1'),
  timeout: prop.text('mqtt.conn_timeout', '10'),
  protocol: prop.text('mqtt.protocol', 'TCP'),
  twoWay: prop.flag('mqtt.dual_ssl_authentication'),
  certificate: prop.text('mqtt.clientcert_file_path'),
  certificatePassword: prop.text('mqtt.clientcert_password'),
  user: prop.text('mqtt.user_name'),
  password: prop.text('mqtt.password'),
  prefix: prop.text('mqtt.client_id_prefix', 'conn_'),
  suffix: prop.flag('mqtt.client_id_suffix', true),
  keepAlive: prop.text('mqtt.conn_keep_alive', '300'),
  attempts: prop.text('mqtt.conn_attampt_max', '0'),
  reconnects: prop.text('mqtt.reconn_attampt_max', '0'),
  clean: prop.text('mqtt.conn_clean_session', 'true'),
  client: prop.text('mqtt.client_name', 'hivemq'),
  ...connectionProps5,
};

/** What other tools call the enhanced authentication of MQTT 5; the plugin has none. */
const AUTH_KEYS = ['mqtt.authentication_method', 'mqtt.authentication_data'];

/**
 * A trust store of 1.x, read nowhere in 2.x, what only 1.0 and forks of the plugin know, and the right spellings of the unreleased
 * head, which releases do not know.
 */
export const connectionIgnored = [
  'mqtt.keystore_file_path',
  'mqtt.keystore_password',
  'mqtt.keep_time',
  'mqtt.conn_share',
  'mqtt.private_protocol',
  'mqtt.listener_timeout',
  'mqtt.conn_attempt_max',
  ...AUTH_KEYS,
];

/** What cannot be done is said before the run. */
export const refuseAuth = ({ properties }: PlanElement): readonly Problem[] =>
  properties.some(({ name }) => AUTH_KEYS.includes(name))
    ? [problems.elementCannotRun('the AUTH exchange of MQTT 5 is not supported; user name and password are')]
    : [];

/** Keys that the GUI of 1.x saved into Pub, Sub and DisConnect too: they change nothing there. */
export const CONNECTION_KEYS = [
  ...Object.values(connectionProps)
    .map(({ jmx }) => jmx)
    .filter((jmx) => jmx !== connectionProps5.userProperties.jmx),
  ...connectionIgnored,
  'mqtt.ws_path',
];
