import { describe, expect, it } from 'vitest';
import { createRegistry, registry } from '../../src/element/index.js';
import { type PlanElement, type Property, propertyText } from '../../src/jmx/index.js';
import { type Element, element } from '../../src/model/index.js';

const place = {};
const plan = (tag: string, guiClass = '', properties: readonly Property[] = []): PlanElement => ({
  tag,
  guiClass,
  properties,
  name: '',
  enabled: true,
  children: [],
  place,
});
const string = (name: string, text = 'x'): Property => ({ kind: 'string', name, text, place });
const declare = (tag: string | string[], gui: string | string[], call: string): Element =>
  element({ tag, gui, call, props: {} });

const loop = declare('LoopController', 'LoopControlPanel', 'loop');
const http = declare('HTTPSamplerProxy', ['HttpTestSampleGui', 'GraphQLHTTPSamplerGui'], 'http');
const jdbc = declare('org.apache.jmeter.protocol.jdbc.config.DataSourceElement', 'TestBeanGUI', 'jdbc');
const plugin = declare(['kg.apc.X', 'kg.apc.Y'], 'kg.apc.XGui', 'x');
const defaults = declare('ConfigTestElement', ['SimpleConfigGui', 'ObsoleteGui'], 'defaults');
const tcpDefaults = declare('ConfigTestElement', 'TCPConfigGui', 'tcpDefaults');
const assertion = declare('ResponseAssertion', 'AssertionGui', 'assertion');
const some = createRegistry([loop, http, jdbc, plugin, defaults, tcpDefaults, assertion]);

describe('find', () => {
  it.each([
    ['LoopController', '', loop],
    ['org.apache.jmeter.control.LoopController', '', loop],
    ['HTTPSampler', '', http],
    ['HTTPSampler2', '', http],
    ['org.apache.jmeter.protocol.http.sampler.HTTPSamplerProxy', '', http],
    ['JDBCDataSource', '', jdbc],
    ['kg.apc.Y', '', plugin],
    ['org.apache.jmeter.assertions.Assertion', '', assertion],
    // Of several declarations of a tag the GUI class tells, however it is written; the first serves the rest.
    ['ConfigTestElement', 'TCPConfigGui', tcpDefaults],
    ['ConfigTestElement', 'org.apache.jmeter.protocol.tcp.config.gui.TCPConfigGui', tcpDefaults],
    ['ConfigTestElement', 'my.Gui', defaults],
    // The rename by class and GUI.
    ['ConfigTestElement', 'org.apache.jmeter.protocol.jdbc.config.gui.DbConfigGui', jdbc],
    // What JMeter no longer has loads as a config element that nothing uses.
    ['SoapSampler', 'SoapSamplerGui', defaults],
    ['HTTPSampler2_', 'x', defaults],
    ['looPController', '', undefined],
    ['HTTPSampler_', '', undefined],
    ['LoopControlPanel', '', undefined],
  ])('%s with %j', (tag, gui, expected) => {
    expect(some.find(plan(tag, gui))).toBe(expected);
    expect(some.find(plan(tag, gui))).toBe(expected);
  });

  it('lists each element once', () => expect(some.elements).toHaveLength(7));
});

describe('names', () => {
  it.each([
    ['org.apache.jmeter.protocol.http.config.gui.HttpDefaultsGui', 'HttpDefaultsGui'],
    ['org.apache.jmeter.protocol.http.config.gui.UrlConfigGui', 'HttpDefaultsGui'],
    ['org.apache.jmeter.control.gui.RecordController', 'RecordController'],
    ['HttpTestSampleGui2', 'HttpTestSampleGui'],
    ['SqlConfigGui', 'ObsoleteGui'],
    ['BSFSamplerGui', 'TestBeanGUI'],
    ['kg.apc.XGui', 'kg.apc.XGui'],
  ])('the GUI %s is %s', (gui, name) => expect(some.guiName(gui)).toBe(name));

  it.each([
    ['FTPSampler', true],
    ['org.apache.jmeter.protocol.ftp.sampler.FTPSampler', true],
    ['MongoScriptSampler', true],
    ['SoapSampler', true],
    ['FtpConfigGui', false],
    ['kg.apc.X', false],
    ['toString', false],
  ])('%s is known: %s', (tag, known) => expect(some.known(tag)).toBe(known));
});

describe('renamed', () => {
  const names = (of: PlanElement) => some.renamed(of).properties.map(({ name }) => name);

  it('replaces and drops old names by the class after its own renaming', () => {
    const old = ['JDBCSampler.url', 'JDBCSampler.connections', 'JDBCSampler.maxuse', 'other'].map((name) =>
      string(name),
    );
    const gui = 'org.apache.jmeter.protocol.jdbc.config.gui.DbConfigGui';
    expect(names(plan('ConfigTestElement', gui, old))).toEqual(['dbUrl', 'poolMax', 'other']);
    expect(names(plan('LoopController', '', old))).toEqual(old.map(({ name }) => name));
  });

  it('goes into nested properties, and touches scalar ones only', () => {
    const query = string('JDBCSampler.query');
    const items: Property = { kind: 'collection', name: 'JDBCSampler.query', items: [query], place };
    expect(some.renamed(plan('JDBCSampler', '', [items])).properties).toEqual([
      { ...items, items: [{ ...query, name: 'query' }] },
    ]);
  });

  it('gives the same element when there is nothing to rename', () => {
    const same = plan('JDBCSampler', '', [string('query'), string('constructor')]);
    expect(some.renamed(same)).toBe(same);
  });

  it('finds the name of a header in plans that write its class in full', () => {
    const xml = { tag: 'stringProp', attributes: new Map(), children: [], text: 'h', line: 1, column: 1 };
    const header = (elementType: string): Property => ({
      kind: 'element',
      name: '',
      elementType,
      attributes: new Map(),
      properties: [string('TestElement.name', 'attribute'), { ...string('TestElement.name', 'h'), xml }],
      place,
    });
    const read = (elementType: string) => {
      const [property] = some.renamed(plan('HeaderManager', '', [header(elementType)])).properties;
      return property?.kind === 'element' ? propertyText(property, 'Header.name') : undefined;
    };
    expect(read('org.apache.jmeter.protocol.http.control.Header')).toBe('h');
    expect(read('Header')).toBeUndefined();
  });
});

it('no two elements of Meterless claim the same tag and GUI class', () => {
  for (const one of registry.elements)
    for (const tag of one.tags)
      for (const gui of one.gui) {
        const told = one.toldBy?.map((name) => string(name));
        expect(registry.find(plan(tag, gui, told))?.call, `${tag} ${gui}`).toBe(one.call);
      }
});
