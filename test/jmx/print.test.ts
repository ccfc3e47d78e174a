import { describe, expect, it } from 'vitest';
import { type PlanElement, type Property, printDocument, printXml, toDocument, toXml } from '../../src/jmx/index.js';
import { document, firstElement, plan, planWith } from './kit.js';

describe('what was read prints back byte for byte', () => {
  const printed = (source: string | Buffer) => printDocument(document(source)).toString('latin1');

  it.each([
    ['without declaration, all in one line', planWith('<stringProp name="a"/>')],
    ['single quotes and blanks in tags', planWith("<stringProp  name='a' >x</stringProp ><collectionProp />")],
    [
      'comments, CDATA, instructions',
      `<!-- 1 -->${planWith('<!-- 2 --><stringProp name="a">x<![CDATA[<y>]]><!--3--></stringProp><?p i?>')}<!-- 4 -->\n`,
    ],
    [
      'a byte order mark and CRLF',
      `\ufeff<?xml version="1.0"?>\r\n${planWith('\r\n<stringProp name="a">x\r\ny</stringProp>\r\n')}\r\n`,
    ],
    ['mixed line ends', planWith('\r\n<stringProp name="a">x\ry\nz\r\n</stringProp>\n')],
    [
      'references',
      planWith('<stringProp name="&#97;">&#x0;&#x1;&#13;&#XFFFD;</stringProp>'.replace('&#XFFFD;', '&#xFFFD;')),
    ],
    ['a second root child that JMeter never reads', planWith('').replace('</jmeterTestPlan>', '<x/></jmeterTestPlan>')],
  ])('%s', (_, source) => expect(printed(source)).toBe(Buffer.from(source).toString('latin1')));

  it('bytes that are no UTF-8, which are U+FFFD to JMeter', () => {
    const head = '<?xml version="1.0" encoding="ISO-8859-1"?>\n<!-- caf\xe9 -->';
    const source = Buffer.from(
      head +
        planWith(
          '<stringProp name="caf\xe9">gr\xfc\xdfe \xe4\xbd\xa0 \xed\xa0\x80 \xf0\x9f\x98\x80 \xe2\x82</stringProp>',
        ),
      'latin1',
    );
    expect(printed(source)).toBe(source.toString('latin1'));
    expect(firstElement(source).properties[1]).toMatchObject({
      name: 'caf\ufffd',
      text: 'gr\ufffd\ufffde 你 \ufffd\ufffd\ufffd 😀 \ufffd',
    });
  });
});

describe('what was built prints as JMeter 5.6.3 writes', () => {
  const place = {};
  const string = (name: string, text: string): Property => ({ kind: 'string', name, text, place });
  const built = (over: Partial<PlanElement>): PlanElement => ({
    tag: 'TestPlan',
    name: 'Plan',
    enabled: true,
    guiClass: 'TestPlanGui',
    properties: [],
    children: [],
    place,
    ...over,
  });

  it('a document', () => {
    const group = built({ tag: 'HTTPSampler_', name: '', enabled: false, guiClass: 'a$b' });
    const comments = [string('TestElement.name', 'Plan'), string('TestPlan.comments', '')];
    const text = printDocument(toDocument([built({ properties: comments, children: [group] })], 'x.jmx')).toString();
    expect(text).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<jmeterTestPlan version="1.2" properties="5.0" jmeter="5.6.3">
  <hashTree>
    <TestPlan guiclass="TestPlanGui" testclass="TestPlan" testname="Plan">
      <stringProp name="TestPlan.comments"></stringProp>
    </TestPlan>
    <hashTree>
      <HTTPSampler__ guiclass="a$b" testclass="HTTPSampler_" enabled="false"/>
      <hashTree/>
    </hashTree>
  </hashTree>
</jmeterTestPlan>
`);
  });

  it('every kind of property, and reads it back', () => {
    const properties: Property[] = [
      string('s', 'a\t\n\r"\'<>&\0\u0085\uffff😀'),
      { kind: 'int', name: 'i', text: '1', place },
      { kind: 'double', name: 'd', text: '0.5', place },
      { kind: 'float', name: 'f', text: '0.5', place },
      { kind: 'collection', name: 'c', items: [string('1', '')], place },
      { kind: 'map', name: 'm', items: [], place },
      {
        kind: 'element',
        name: 'e',
        elementType: 'Arguments',
        attributes: new Map([['testname', 'n']]),
        properties: [string('TestElement.name', 'n'), string('x', 'y')],
        place,
      },
      { kind: 'object', name: 'o', className: 'C', fields: new Map([['time', 'true']]), place },
    ];
    const text = printXml(toXml(built({ properties })));
    expect(text).toBe(`<TestPlan guiclass="TestPlanGui" testclass="TestPlan" testname="Plan">
  <stringProp name="s">a\t
&#xd;&quot;&apos;&lt;&gt;&amp;&#x0;&#x85;&#xffff;😀</stringProp>
  <intProp name="i">1</intProp>
  <doubleProp>
    <name>d</name>
    <value>0.5</value>
    <savedValue>0.0</savedValue>
  </doubleProp>
  <FloatProperty>
    <name>f</name>
    <value>0.5</value>
    <savedValue>0.0</savedValue>
  </FloatProperty>
  <collectionProp name="c">
    <stringProp name="1"></stringProp>
  </collectionProp>
  <mapProp name="m"/>
  <elementProp name="e" elementType="Arguments" testname="n">
    <stringProp name="x">y</stringProp>
  </elementProp>
  <objProp>
    <name>o</name>
    <value class="C">
      <time>true</time>
    </value>
  </objProp>
</TestPlan>`);
    expect(firstElement(plan(text)).properties.slice(1)).toMatchObject(
      properties.map(({ place: _, ...rest }) =>
        rest.kind === 'element' || rest.kind === 'collection' ? { name: rest.name } : rest,
      ),
    );
  });

  it('an element that was read keeps its spelling', () => {
    const xml = "<A guiclass='g'><!-- why --></A>";
    expect(printXml(toXml(firstElement(plan(xml))))).toBe(xml);
  });
});
