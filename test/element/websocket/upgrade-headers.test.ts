import { expect, it } from 'vitest';
import { cookieManager } from '../../../src/element/config/cookie-manager.js';
import { headerManager } from '../../../src/element/config/header-manager.js';
import { Variables } from '../../../src/model/index.js';
import { fakeUser } from '../../kit.js';
import { upgrading } from '../../protocol/websocket/server.js';
import { echo, inScope, Scene } from './scene.js';

const headers = (...pairs: [name: string, value: string][]) =>
  inScope(headerManager, 'h', {
    'HeaderManager.headers': pairs.map(([name, value]) => ({ 'Header.name': name, 'Header.value': value })),
  });
const cookies = (value: string, domain = '127.0.0.1', path = '/') =>
  inScope(cookieManager, 'c', {
    'CookieManager.cookies': [
      {
        'TestElement.name': 'sid',
        'Cookie.value': value,
        'Cookie.domain': domain,
        'Cookie.path': path,
      },
    ],
  });

async function opening(...configs: Scene['configs']) {
  let request = '';
  const port = await upgrading('', (_, sent) => {
    request = sent;
  });
  const user = fakeUser();
  user.variables.put('v', 'now');
  const scene = new Scene(port, user);
  scene.configs = configs;
  const sample = await scene.take('open');
  // Behind the request line and Host, before the four lines of the handshake and the blank one.
  return { sample, own: request.split('\r\n').slice(2, -6) };
}

it('stand in the order of a HashMap, as request headers too', async () => {
  const { sample, own } = await opening(
    headers(['X-A', 'a'], ['X-B', '${v}'], ['Authorization', 'Bearer 1'], ['', 'x']),
  );
  expect(sample.requestHeaders.split('\n')).toEqual(own);
  expect([...own].sort()).toEqual(['Authorization: Bearer 1', 'X-A: a', 'X-B: now']);
});

it('come from all managers, the nearest first, whatever the case of the names', async () => {
  const { own } = await opening(headers(['x-a', 'inner']), headers(['X-A', 'outer'], ['X-B', 'outer']));
  expect([...own].sort()).toEqual(['X-B: outer', 'x-a: inner']);
});

it('are shown but not sent when they are the handshake’s own', async () => {
  const { sample, own } = await opening(headers(['Host', 'other']));
  expect(sample.requestHeaders).toBe('Host: other');
  expect(own).toEqual([]);
});

it('hold the cookies of the outermost manager, which win over a Cookie header', async () => {
  const { own } = await opening(cookies('inner'), cookies('${v}'), headers(['Cookie', 'mine']));
  expect(own).toEqual(['Cookie: sid=now']);
  expect((await opening(cookies('x', 'other.test'), headers(['Cookie', 'mine']))).own).toEqual(['Cookie: mine']);
  const none = await opening(cookies('x', '127.0.0.1', '/other'));
  expect([none.own, none.sample.requestHeaders]).toEqual([[], '']);
});

it('are evaluated as often as by the plugin: names twice, values once, the value of a blank name never', async () => {
  const asked: string[] = [];
  class Noting extends Variables {
    override get(name: string): string {
      asked.push(name);
      return '';
    }
  }
  const scene = new Scene(await echo(), { variables: new Noting(new Map()) });
  scene.configs = [headers(['X-A${n}', 'a${v}'], ['', '${blank}'])];
  await scene.take('open');
  expect(asked).toEqual(['n', 'n', 'v']);
  asked.length = 0;
  // The kind of the payload: to send it, to judge the answer's kind, to keep the answer.
  await scene.take('request', { payloadType: 'Text${kind}', requestData: 'x' });
  expect(asked).toEqual(['kind', 'kind', 'kind']);
});

it('evaluate each cookie of the plan, whether it is sent or not', async () => {
  const asked: string[] = [];
  class Noting extends Variables {
    override get(name: string): string {
      asked.push(name);
      return '';
    }
  }
  const scene = new Scene(await echo(), { variables: new Noting(new Map()) });
  scene.configs = [cookies('a${v}', 'other.test${d}', '/${p}')];
  expect((await scene.take('open')).requestHeaders).toBe('');
  expect(asked).toEqual(['v', 'd', 'p', 'd', 'p']);
});
