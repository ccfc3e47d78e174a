import { describe, expect, it } from 'vitest';
import { type Property, property, propertyText } from '../../src/jmx/index.js';
import { document, firstElement, plan, planWith, problemsOf } from './kit.js';

describe('the tree', () => {
  it('pairs elements and subtrees by position; the last subtree may be missing', () => {
    const { elements } = document(
      '<jmeterTestPlan><hashTree>' +
        '<TestPlan guiclass="g" testname="plan"/><hashTree>' +
        '<ThreadGroup guiclass="g" testname="one"/><hashTree><A guiclass="g"/></hashTree><ThreadGroup guiclass="g" testname="two"/>' +
        '</hashTree><WorkBench guiclass="WorkBenchGui" testname="bench"/><hashTree/></hashTree></jmeterTestPlan>',
    ).tree;
    expect(elements.map(({ tag }) => tag)).toEqual(['TestPlan', 'WorkBench']);
    expect(elements[0]?.children.map(({ name, children }) => [name, children.length])).toEqual([
      ['one', 1],
      ['two', 0],
    ]);
    expect(elements[0]?.children[0]?.place).toEqual({ file: 'plan.jmx', line: 1, column: 77, path: 'plan / one' });
  });

  it('reads class names where an alias could stand', () => {
    const source = plan(
      '<a.B_-C__d guiclass="g"><org.apache.jmeter.testelement.property.StringProperty name="x">y</org.apache.jmeter.testelement.property.StringProperty></a.B_-C__d>',
    );
    const element = firstElement(source.replaceAll('hashTree', 'org.apache.jorphan.collections.HashTree'));
    expect(element.tag).toBe('a.B$C_d');
    expect(propertyText(element, 'x')).toBe('y');
  });

  describe('elements that stand for earlier ones', () => {
    const pair = (second: string) =>
      plan(`<A guiclass="g" testname="a"><collectionProp name="list"><stringProp name="x">1</stringProp></collectionProp></A>
        <hashTree/>${second}`);

    it.each([
      ['<B guiclass="g"><collectionProp reference="../../A/collectionProp"/></B>', 'B'],
      ['<B guiclass="g"><collectionProp reference="/jmeterTestPlan/hashTree/A[1]/collectionProp"/></B>', 'B'],
      ['<A reference="../A"/>', 'A'],
    ])('are those: %s', (second, tag) => {
      const [, element] = document(pair(second)).tree.elements;
      expect(element).toMatchObject({ tag, place: { line: 2 } });
      expect(element && property(element, 'list')).toMatchObject({ kind: 'collection', items: [{ text: '1' }] });
    });

    it.each(['../A[2]', '../A[3]', '..', '../../../../A'])('must name one: %s', (reference) =>
      expect(problemsOf(pair(`<A reference="${reference}" guiclass="g"/>`))[0]?.text).toBe(
        `the reference "${reference}" names nothing that stands before it`,
      ),
    );
  });

  it('lets the class attribute win over the tag', () =>
    expect(firstElement(plan('<x class="TestPlan" guiclass="g"/>')).tag).toBe('TestPlan'));

  it('keeps the testname as first property, and only if it is there', () => {
    expect(
      firstElement(plan('<A guiclass="g" testname=""><stringProp name="b">c</stringProp></A>')).properties,
    ).toMatchObject([{ kind: 'string', name: 'TestElement.name', text: '' }, { name: 'b' }]);
    const unnamed = firstElement(plan('<A guiclass="g"/>'));
    expect(unnamed.properties).toEqual([]);
    expect(unnamed.name).toBe('');
  });

  it('lets old name and enabled properties win over the attributes', () => {
    const element = firstElement(
      plan(
        '<A guiclass="g" testname="new" enabled="true"><stringProp name="TestElement.name">old</stringProp><boolProp name="TestElement.enabled">false</boolProp></A>',
      ),
    );
    expect(element).toMatchObject({ name: 'old', enabled: false });
  });

  it.each([
    ['', true],
    ['enabled="true"', true],
    ['enabled="TRUE"', true],
    ['enabled=" true "', false],
    ['enabled=""', false],
    ['enabled="yes"', false],
    ['enabled="${x}"', false],
  ])('with %j enabled is %s', (attribute, enabled) =>
    expect(firstElement(plan(`<A guiclass="g" ${attribute}/>`)).enabled).toBe(enabled),
  );
});

describe('properties', () => {
  const first = (source: string): Property | undefined => firstElement(planWith(source)).properties[1];

  it.each([
    ['<stringProp name="a"> x </stringProp>', { kind: 'string', name: 'a', text: ' x ' }],
    ['<stringProp name=""/>', { kind: 'string', name: '', text: '' }],
    ['<boolProp name="a"> true</boolProp>', { kind: 'bool', name: 'a', text: ' true' }],
    ['<intProp name="a">-2147483648</intProp>', { kind: 'int', name: 'a', text: '-2147483648' }],
    ['<longProp name="a">+9223372036854775807</longProp>', { kind: 'long', name: 'a', text: '+9223372036854775807' }],
    [
      '<doubleProp><name>a</name><value>0.5</value><savedValue>0.0</savedValue></doubleProp>',
      { kind: 'double', name: 'a', text: '0.5' },
    ],
    ['<FloatProperty><name>a</name><value>1e2</value></FloatProperty>', { kind: 'float', name: 'a', text: '1e2' }],
    ['<doubleProp><name>a</name></doubleProp>', { kind: 'double', name: 'a', text: '0.0' }],
    [
      '<mapProp name="m"><stringProp name="k">v</stringProp></mapProp>',
      { kind: 'map', name: 'm', items: [{ name: 'k', text: 'v' }] },
    ],
    [
      '<collectionProp name="c"><elementProp name="" elementType="Argument" testname="t" enabled="false"><stringProp name="q">1</stringProp></elementProp></collectionProp>',
      {
        kind: 'collection',
        items: [
          {
            kind: 'element',
            elementType: 'Argument',
            properties: [{ name: 'TestElement.name', text: 't' }, { name: 'q' }],
          },
        ],
      },
    ],
    ['<collectionProp/>', { kind: 'collection', name: '', items: [] }],
    [
      '<objProp><name>saveConfig</name><value class="SampleSaveConfiguration"><time>true</time><a__b/></value></objProp>',
      {
        kind: 'object',
        name: 'saveConfig',
        className: 'SampleSaveConfiguration',
        fields: new Map([
          ['time', 'true'],
          ['a_b', ''],
        ]),
      },
    ],
  ])('%s', (source, expected) => expect(first(source)).toMatchObject(expected));

  it('keeps the attributes of a nested element', () => {
    const nested = first('<elementProp name="n" elementType="T" guiclass="g" testclass="c" testname="t" x__y="1"/>');
    expect(nested?.kind === 'element' && [...nested.attributes.keys()]).toEqual([
      'guiclass',
      'testclass',
      'testname',
      'x_y',
    ]);
  });

  it('of two equal names has the last one', () => {
    const element = firstElement(planWith('<stringProp name="a">1</stringProp><intProp name="a">2</intProp>'));
    expect(property(element, 'a')?.kind).toBe('int');
  });
});

describe('format 1.0', () => {
  it('has URL-encoded names and texts', () => {
    const element = firstElement(
      plan(
        '<A guiclass="g" testname="a+b%21"><stringProp name="x%2Ey">1+2%E4%BD%A0</stringProp><intProp name="n+">3</intProp></A>',
        'version="1.0"',
      ),
    );
    expect(element.name).toBe('a b!');
    expect(propertyText(element, 'x.y')).toBe('1 2你');
    expect(propertyText(element, 'n ')).toBe('3');
  });

  it('is not meant by any other version', () =>
    expect(propertyText(firstElement(planWith('<stringProp name="x">a+%21</stringProp>', 'version="1.1"')), 'x')).toBe(
      'a+%21',
    ));

  it('with a broken escape is refused', () =>
    expect(problemsOf(planWith('<stringProp name="x">100%</stringProp>', 'version="1.0"'))).toMatchObject([
      { code: 'E108' },
    ]));
});

describe('what JMeter refuses', () => {
  it.each([
    [plan('<A testname="a"/>'), 'E111', '1:41', '<A> has no guiclass'],
    [planWith('<intProp name="n">${x}</intProp>'), 'E112', '1:87', '"${x}" in the intProp "n" is not a number'],
    [planWith('<intProp name="n"> 1</intProp>'), 'E112', '1:87', '" 1"'],
    [planWith('<intProp name="n"></intProp>'), 'E112', '1:87', '""'],
    [planWith('<intProp name="n">2147483648</intProp>'), 'E112', '1:87', '2147483648'],
    [planWith('<longProp name="n">9223372036854775808</longProp>'), 'E112', '1:87', 'longProp'],
    [planWith('<doubleProp><name>n</name><value>x</value></doubleProp>'), 'E112', '1:87', 'doubleProp'],
    [planWith('<stringProp>x</stringProp>'), 'E108', '1:87', 'a stringProp has no name'],
    [planWith('<elementProp name="e"/>'), 'E108', '1:87', 'no elementType'],
    [planWith('<foo name="e"/>'), 'E108', '1:87', '<foo> is not a property'],
    [plan('<A guiclass="g"/><B guiclass="g"/>'), 'E108', '1:58', '<B> stands where the <hashTree> of <A> should be'],
    [plan('<hashTree/>'), 'E108', '1:41', '<hashTree> stands where an element should be'],
    ['<jmeterTestPlan/>', 'E108', '1:1', 'no <hashTree>'],
    [
      '<jmeterTestPlan><TestPlan/></jmeterTestPlan>',
      'E108',
      '1:17',
      '<TestPlan> stands where the <hashTree> of the plan',
    ],
  ])('%s', (source, code, place, what) => {
    const found = problemsOf(source);
    expect(found).toHaveLength(1);
    expect(found[0]?.code).toBe(code);
    expect(found[0]?.text).toContain(what);
    expect(`${found[0]?.place?.line}:${found[0]?.place?.column}`).toBe(place);
  });

  it('tells all of them at once', () =>
    expect(problemsOf(planWith('<intProp name="n">x</intProp><foo/>')).map(({ code }) => code)).toEqual([
      'E112',
      'E108',
    ]));
});
