/** Small plans, written as JMeter does. */

/** A plan with one thread group around these elements; `loops` -1 = for ever. */
export function plan(inside: string, { users = 1, loops = 1 }: { users?: number; loops?: number } = {}): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<jmeterTestPlan version="1.2" properties="5.0" jmeter="5.6.3">
  <hashTree>
    <TestPlan guiclass="TestPlanGui" testclass="TestPlan" testname="Plan">
      <elementProp name="TestPlan.user_defined_variables" elementType="Arguments">
        <collectionProp name="Arguments.arguments"/>
      </elementProp>
    </TestPlan>
    <hashTree>
      <ThreadGroup guiclass="ThreadGroupGui" testclass="ThreadGroup" testname="Users">
        <intProp name="ThreadGroup.num_threads">${users}</intProp>
        <intProp name="ThreadGroup.ramp_time">0</intProp>
        <stringProp name="ThreadGroup.on_sample_error">continue</stringProp>
        <elementProp name="ThreadGroup.main_controller" elementType="LoopController">
          <stringProp name="LoopController.loops">${loops}</stringProp>
          <boolProp name="LoopController.continue_forever">false</boolProp>
        </elementProp>
      </ThreadGroup>
      <hashTree>
${inside}
      </hashTree>
    </hashTree>
  </hashTree>
</jmeterTestPlan>
`;
}

/** A Java Request that sleeps: `ms` may hold `\${…}`. */
export function sleep(name: string, ms: number | string): string {
  const row = (key: string, value: string | number): string =>
    `<elementProp name="${key}" elementType="Argument"><stringProp name="Argument.name">${key}</stringProp><stringProp name="Argument.value">${value}</stringProp><stringProp name="Argument.metadata">=</stringProp></elementProp>`;
  return `<JavaSampler guiclass="JavaTestSamplerGui" testclass="JavaSampler" testname="${name}">
  <elementProp name="arguments" elementType="Arguments" guiclass="ArgumentsPanel" testclass="Arguments">
    <collectionProp name="Arguments.arguments">${row('SleepTime', ms)}${row('SleepMask', '0x0')}</collectionProp>
  </elementProp>
  <stringProp name="classname">org.apache.jmeter.protocol.java.test.SleepTest</stringProp>
</JavaSampler>
<hashTree/>`;
}

export const data = (
  file: string,
): string => `<CSVDataSet guiclass="TestBeanGUI" testclass="CSVDataSet" testname="Data">
  <stringProp name="filename">${file}</stringProp>
  <stringProp name="variableNames">a</stringProp>
  <boolProp name="recycle">true</boolProp>
  <boolProp name="stopThread">false</boolProp>
  <stringProp name="shareMode">shareMode.all</stringProp>
</CSVDataSet>
<hashTree/>`;

/** An element of a plug-in that nobody knows. */
export const unknown = `<com.example.Unheard guiclass="com.example.UnheardGui" testclass="com.example.Unheard" testname="Unheard"/>
<hashTree/>`;

/** A listener that writes what the properties ask for. */
export const listener = (
  file: string,
): string => `<ResultCollector guiclass="SimpleDataWriter" testclass="ResultCollector" testname="Own">
  <boolProp name="ResultCollector.error_logging">false</boolProp>
  <stringProp name="filename">${file}</stringProp>
</ResultCollector>
<hashTree/>`;

/** A WebSocket message and the wait for its answer, on a connection of its own. */
export function websocket(name: string, port: number, tls = false): string {
  const tag = 'eu.luminis.jmeter.wssampler.RequestResponseWebSocketSampler';
  const fields = {
    server: '127.0.0.1',
    port,
    path: '/ws',
    connectTimeout: 2000,
    readTimeout: 300,
    payloadType: 'Text',
    requestData: 'x',
  };
  const rows = Object.entries(fields).map(([key, value]) => `  <stringProp name="${key}">${value}</stringProp>`);
  return `<${tag} guiclass="${tag}Gui" testclass="${tag}" testname="${name}">
  <boolProp name="createNewConnection">true</boolProp>
  <boolProp name="TLS">${tls}</boolProp>
${rows.join('\n')}
</${tag}>
<hashTree/>`;
}
