import { JavaError, toInt } from '../../java/index.js';
import { element, prop, type Test } from '../../model/index.js';
import { keyStoreOf } from './key-store.js';

/** Says which private keys of the key store are shown to servers that ask who we are, wherever in the plan it stands. */
export const keystoreConfig = element({
  tag: 'KeystoreConfig',
  gui: 'TestBeanGUI',
  call: 'tls.keys',
  props: {
    /** Whether the store is read when the test starts; true in any case of its letters. */
    preload: prop.text('preload'),
    /** The first key and the last, from 0; what is no number is as the properties say. */
    startIndex: prop.text('startIndex'),
    /** -1 = to the end. */
    endIndex: prop.text('endIndex'),
    /** The variable that names the key; empty = all of them in turn. */
    variable: prop.text('clientCertAliasVarName'),
  },
  config: { merges: false },
  testStarted({ preload, startIndex, endIndex, variable }, { test }) {
    const start = index(startIndex, 'https.keyStoreStartIndex', 0, test);
    const end = index(endIndex, 'https.keyStoreEndIndex', -1, test);
    if (end !== -1 && start > end)
      throw new JavaError(
        'org.apache.jorphan.util.JMeterStopTestException',
        'Keystore Config error : Alias start index must be lower than Alias end index',
      );
    keyStoreOf(test).configure({ start, end, variable }, preload.toLowerCase() === 'true');
  },
});

function index(text: string, property: string, fallback: number, { properties, log }: Test): number {
  const otherwise = properties.int(property, fallback);
  if (text === '') return otherwise;
  const number = toInt(text);
  if (number === undefined)
    log.write('WARN', 'o.a.j.c.KeystoreConfig', `Failed parsing index: ${text}, will default to: ${otherwise}`);
  return number ?? otherwise;
}
