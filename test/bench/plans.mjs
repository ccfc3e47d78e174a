// Small plans as text, for measurements.
export const tag = (name, gui, title, props = '', children = '') =>
  `<${name} guiclass="${gui}" testclass="${name}" testname="${title}" enabled="true">${props}</${name}>\n<hashTree>${children}</hashTree>\n`;
export const string = (name, value) => `<stringProp name="${name}">${value}</stringProp>`;
export const bool = (name, value) => `<boolProp name="${name}">${value}</boolProp>`;
export const int = (name, value) => `<intProp name="${name}">${value}</intProp>`;

export const plan = (body) => `<?xml version="1.0" encoding="UTF-8"?>
<jmeterTestPlan version="1.2" properties="5.0" jmeter="5.6.3"><hashTree>
${tag('TestPlan', 'TestPlanGui', 'Bench', '', body)}</hashTree></jmeterTestPlan>
`;
const loops = (n) =>
  `<elementProp name="ThreadGroup.main_controller" elementType="LoopController" guiclass="LoopControlPanel" testclass="LoopController" testname="Loop">${bool('LoopController.continue_forever', false)}${string('LoopController.loops', n)}</elementProp>`;
export const group = ({ threads = 1, loops: n = 1, ramp = 0 }, body) =>
  tag(
    'ThreadGroup',
    'ThreadGroupGui',
    'G',
    string('ThreadGroup.num_threads', threads) + string('ThreadGroup.ramp_time', ramp) + loops(n),
    body,
  );
export const loop = (n, body) =>
  tag(
    'LoopController',
    'LoopControlPanel',
    'L',
    bool('LoopController.continue_forever', true) + string('LoopController.loops', n),
    body,
  );
const ifController = (condition) => (body) =>
  tag(
    'IfController',
    'IfControllerPanel',
    'I',
    string('IfController.condition', condition) +
      bool('IfController.evaluateAll', false) +
      bool('IfController.useExpression', true),
    body,
  );
export const ifTrue = ifController('true');
export const ifFalse = ifController('false');
export const onceOnly = (body) => tag('OnceOnlyController', 'OnceOnlyControllerGui', 'O', '', body);
export const nothing = (title) =>
  tag(
    'TestAction',
    'TestActionGui',
    title,
    int('ActionProcessor.action', 1) + int('ActionProcessor.target', 0) + string('ActionProcessor.duration', 0),
  );
export const constantTimer = (ms) => tag('ConstantTimer', 'ConstantTimerGui', 'T', string('ConstantTimer.delay', ms));

const dummyClass = 'kg.apc.jmeter.samplers.DummySampler';
export const dummy = (title, children = '') =>
  tag(
    dummyClass,
    `${dummyClass}Gui`,
    title,
    bool('WAITING', false) +
      bool('SUCCESFULL', true) +
      string('RESPONSE_CODE', 200) +
      string('RESPONSE_MESSAGE', 'OK') +
      string('REQUEST_DATA', 'ask') +
      string('RESPONSE_DATA', '{"token":"abc123","items":[{"id":1},{"id":2}],"status":"success"}') +
      string('RESPONSE_TIME', 1) +
      string('LATENCY', 0) +
      string('CONNECT', 0),
    children,
  );

export const processors =
  tag(
    'RegexExtractor',
    'RegexExtractorGui',
    'regex',
    string('RegexExtractor.useHeaders', 'false') +
      string('RegexExtractor.refname', 'token') +
      string('RegexExtractor.regex', '&quot;token&quot;:&quot;([^&quot;]+)&quot;') +
      string('RegexExtractor.template', '$1$') +
      string('RegexExtractor.default', 'none') +
      string('RegexExtractor.match_number', 1),
  ) +
  tag(
    'JSONPostProcessor',
    'JSONPostProcessorGui',
    'json',
    string('JSONPostProcessor.referenceNames', 'id') +
      string('JSONPostProcessor.jsonPathExprs', '$.items[0].id') +
      string('JSONPostProcessor.match_numbers', 1),
  ) +
  tag(
    'ResponseAssertion',
    'AssertionGui',
    'assertion',
    `<collectionProp name="Asserion.test_strings"><stringProp name="0">success</stringProp></collectionProp>${string('Assertion.test_field', 'Assertion.response_data')}${bool('Assertion.assume_success', false)}${int('Assertion.test_type', 16)}`,
  );

const ws = 'eu.luminis.jmeter.wssampler';
const webSocketProps = (port) =>
  bool('TLS', false) +
  string('server', '127.0.0.1') +
  string('port', port) +
  string('path', '/') +
  string('connectTimeout', 20000) +
  string('readTimeout', 6000);
export const webSocket = {
  open: (port) => tag(`${ws}.OpenWebSocketSampler`, `${ws}.OpenWebSocketSamplerGui`, 'open', webSocketProps(port)),
  ask: (text) =>
    tag(
      `${ws}.RequestResponseWebSocketSampler`,
      `${ws}.RequestResponseWebSocketSamplerGui`,
      'ask',
      bool('createNewConnection', false) +
        string('payloadType', 'Text') +
        string('requestData', text) +
        string('readTimeout', 6000),
    ),
};
