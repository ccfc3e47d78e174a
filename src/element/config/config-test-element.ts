import { element } from '../../model/index.js';

/**
 * Defaults for samplers: Simple Config Element, Login Config Element, HTTP Request Defaults and others that are nothing
 * but properties, told apart by their GUI class. What a sampler has not set is taken from here (AbstractTestElement.mergeIn).
 * Elements that JMeter no longer has (ObsoleteGui) are read as this one, and no sampler accepts them.
 */
export const configTestElement = element({
  tag: 'ConfigTestElement',
  gui: [
    'SimpleConfigGui',
    'LoginConfigGui',
    'HttpDefaultsGui',
    'TCPConfigGui',
    'FtpConfigGui',
    'LdapConfigGui',
    'LdapExtConfigGui',
    'PropertyControlGui',
    'ObsoleteGui',
  ],
  call: 'defaults',
  props: {},
  ignored: ['*'],
  config: { merges: true },
});
