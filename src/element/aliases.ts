/**
 * The short names that plans use for JMeter's classes (saveservice.properties of 5.6.3), by package below org.apache.jmeter.
 * `a,b=C`: the names a and b stand for class C, and a is the one that is written; a name alone is also its class.
 */
const ELEMENTS: Readonly<Record<string, string>> = {
  assertions: `
    BeanShellAssertion BSFAssertion CompareAssertion DurationAssertion HTMLAssertion JSONPathAssertion
    JSR223Assertion MD5HexAssertion ResponseAssertion SizeAssertion SMIMEAssertion=SMIMEAssertionTestElement
    SubstitutionElement XMLAssertion XMLSchemaAssertion XPath2Assertion XPathAssertion`,
  'assertions.jmespath': 'JMESPathAssertion',
  config: 'Argument Arguments ConfigTestElement CSVDataSet KeystoreConfig LoginConfig RandomVariableConfig',
  control: `
    CriticalSectionController ForeachController GenericController IfController IncludeController
    InterleaveControl LoopController ModuleController OnceOnlyController RandomController RandomOrderController
    RunTime SwitchController TestFragmentController ThroughputController TransactionController
    TransactionSampler WhileController`,
  extractor: `
    BeanShellPostProcessor BoundaryExtractor BSFPostProcessor DebugPostProcessor HtmlExtractor
    JSR223PostProcessor RegexExtractor XPath2Extractor XPathExtractor`,
  'extractor.json.jmespath': 'JMESPathExtractor',
  'extractor.json.jsonpath': 'JSONPostProcessor',
  modifiers: 'BeanShellPreProcessor BSFPreProcessor CounterConfig JSR223PreProcessor SampleTimeout UserParameters',
  'protocol.bolt.config': 'BoltConnectionElement',
  'protocol.bolt.sampler': 'BoltSampler',
  'protocol.ftp.sampler': 'FTPSampler',
  'protocol.http.control': `
    AuthManager Authorization CacheManager Cookie CookieManager DNSCacheManager Header HeaderManager
    HttpMirrorControl RecordingController StaticHost`,
  'protocol.http.modifier': `
    AnchorModifier ParamMask ParamModifier RegExUserParameters URLRewritingModifier UserParameterModifier`,
  'protocol.http.proxy': 'ProxyControl',
  'protocol.http.sampler': `
    AccessLogSampler AjpSampler HTTPSampler2_=HTTPSampler2 HTTPSampler_=HTTPSampler
    HTTPSamplerProxy,HTTPSampler,HTTPSampler2=HTTPSamplerProxy SoapSampler WebServiceSampler`,
  'protocol.http.util': 'HTTPArgument HTTPFileArg HTTPFileArgs',
  'protocol.java.config': 'JavaConfig',
  'protocol.java.sampler': 'BeanShellSampler BSFSampler JavaSampler JSR223Sampler JUnitSampler',
  'protocol.java.test': 'JavaTest',
  'protocol.jdbc.config': 'JDBCDataSource=DataSourceElement',
  'protocol.jdbc.processor': 'JDBCPostProcessor JDBCPreProcessor',
  'protocol.jdbc.sampler': 'JDBCSampler',
  'protocol.jms.sampler': 'JMSProperties JMSProperty JMSSampler PublisherSampler SubscriberSampler',
  'protocol.ldap.config.gui': 'LDAPArgument LDAPArguments',
  'protocol.ldap.sampler': 'LDAPExtSampler LDAPSampler',
  'protocol.mail.sampler': 'MailReaderSampler',
  'protocol.mongodb.config': 'MongoSourceElement',
  'protocol.mongodb.sampler': 'MongoScriptSampler',
  'protocol.smtp.sampler': 'SmtpSampler',
  'protocol.system': 'SystemSampler',
  'protocol.tcp.sampler': 'TCPSampler',
  reporters: 'MailerModel MailerResultCollector ResultAction ResultCollector ResultSaver Summariser',
  sampler: 'DebugSampler TestAction',
  samplers: 'RemoteListenerWrapper RemoteSampleListenerWrapper RemoteTestListenerWrapper SampleSaveConfiguration',
  testelement: 'TestPlan WorkBench',
  threads: 'PostThreadGroup ReflectionThreadGroup RemoteThreadsListenerWrapper SetupThreadGroup ThreadGroup',
  'threads.openmodel': 'OpenModelThreadGroup OpenModelThreadGroupController',
  timers: `
    BeanShellTimer BSFTimer ConstantThroughputTimer ConstantTimer GaussianRandomTimer JSR223Timer
    PoissonRandomTimer SyncTimer UniformRandomTimer`,
  'timers.poissonarrivals': 'PreciseThroughputTimer',
  visualizers: 'BeanShellListener BSFListener JSR223Listener monitorStats=MonitorStats',
  'visualizers.backend': 'BackendListener',
};

/** The same for what stands in `guiclass` only. */
const GUIS: Readonly<Record<string, string>> = {
  'assertions.gui': `
    AssertionGui BeanShellAssertionGui DurationAssertionGui HTMLAssertionGui JSONPathAssertionGui
    MD5HexAssertionGUI SizeAssertionGui SMIMEAssertionGui XMLAssertionGui XMLSchemaAssertionGUI
    XPath2AssertionGui XPathAssertionGui`,
  'assertions.jmespath.gui': 'JMESPathAssertionGui',
  'config.gui': 'ArgumentsPanel LoginConfigGui ObsoleteGui SimpleConfigGui',
  'control.gui': `
    CriticalSectionControllerGui ForeachControlPanel IfControllerPanel IncludeControllerGui
    InterleaveControlGui LogicControllerGui LoopControlPanel ModuleControllerGui OnceOnlyControllerGui
    RandomControlGui RandomOrderControllerGui RunTimeGui SwitchControllerGui TestFragmentControllerGui
    TestPlanGui ThroughputControllerGui TransactionControllerGui WhileControllerGui WorkBenchGui`,
  'extractor.gui': 'BoundaryExtractorGui HtmlExtractorGui RegexExtractorGui XPath2ExtractorGui XPathExtractorGui',
  'extractor.json.jmespath.gui': 'JMESPathExtractorGui',
  'extractor.json.jsonpath.gui': 'JSONPostProcessorGui',
  gui: 'NamePanel',
  'modifiers.gui': 'CounterConfigGui SampleTimeoutGui UserParametersGui',
  'protocol.ftp.config.gui': 'FtpConfigGui',
  'protocol.ftp.control.gui': 'FtpTestSamplerGui',
  'protocol.http.config.gui': 'HttpDefaultsGui',
  'protocol.http.control.gui': `
    AjpSamplerGui GraphQLHTTPSamplerGui HttpMirrorControlGui
    HttpTestSampleGui,HttpTestSampleGui2=HttpTestSampleGui RecordController SoapSamplerGui WebServiceSamplerGui`,
  'protocol.http.gui': 'AuthPanel CacheManagerGui CookiePanel DNSCachePanel HeaderPanel HTTPArgumentsPanel',
  'protocol.http.modifier.gui': `
    AnchorModifierGui ParamModifierGui RegExUserParametersGui URLRewritingModifierGui UserParameterModifierGui`,
  'protocol.http.proxy.gui': 'ProxyControlGui',
  'protocol.java.config.gui': 'JavaConfigGui',
  'protocol.java.control.gui': 'BeanShellSamplerGui BSFSamplerGui JavaTestSamplerGui JUnitTestSamplerGui',
  'protocol.jdbc.config.gui': 'SqlConfigGui',
  'protocol.jms.control.gui': 'JMSConfigGui JMSPublisherGui JMSSamplerGui JMSSubscriberGui JndiDefaultsGui',
  'protocol.ldap.config.gui': 'LDAPArgumentsPanel LdapConfigGui LdapExtConfigGui',
  'protocol.ldap.control.gui': 'LdapExtTestSamplerGui LdapTestSamplerGui',
  'protocol.mail.sampler.gui': 'MailReaderSamplerGui',
  'protocol.smtp.sampler.gui': 'SmtpSamplerGui',
  'protocol.system.gui': 'SystemSamplerGui',
  'protocol.tcp.config.gui': 'TCPConfigGui',
  'protocol.tcp.control.gui': 'TCPSamplerGui',
  'reporters.gui': 'ResultActionGui ResultSaverGui SummariserGui',
  'sampler.gui': 'TestActionGui',
  'testbeans.gui': 'TestBeanGUI',
  'threads.gui': 'PostThreadGroupGui SetupThreadGroupGui ThreadGroupGui',
  'threads.openmodel.gui': 'OpenModelThreadGroupGui',
  'timers.gui': 'ConstantTimerGui GaussianRandomTimerGui PoissonRandomTimerGui UniformRandomTimerGui',
  visualizers: `
    AssertionVisualizer ComparisonVisualizer DistributionGraphVisualizer GraphAccumVisualizer GraphVisualizer
    MailerVisualizer MonitorHealthVisualizer PropertyControlGui RespTimeGraphVisualizer SimpleDataWriter
    SplineVisualizer StatGraphVisualizer StatVisualizer SummaryReport TableVisualizer ViewResultsFullVisualizer`,
  'visualizers.backend': 'BackendListenerGui',
};

interface Table {
  readonly classes: ReadonlyMap<string, string>;
  readonly names: ReadonlyMap<string, string>;
}

const elements = expand(ELEMENTS);
const guis = expand(GUIS);

/** The class that an alias stands for; any other name is taken as the class itself, as plugins are written. */
export const fullClass = (name: string): string => elements.classes.get(name) ?? guis.classes.get(name) ?? name;

/** The alias that JMeter writes for a class; the class itself when it has none. */
export const shortName = (className: string): string =>
  elements.names.get(className) ?? guis.names.get(className) ?? className;

/** Whether the class is one of JMeter's elements (GUI classes are not). */
export const isElementClass = (className: string): boolean => elements.names.has(className);

function expand(packages: Readonly<Record<string, string>>): Table {
  const classes = new Map<string, string>();
  const names = new Map<string, string>();
  for (const [name, list] of Object.entries(packages)) {
    for (const entry of list.trim().split(/\s+/)) {
      const [aliases = '', simpleName = aliases] = entry.split('=');
      const className = `org.apache.jmeter.${name}.${simpleName}`;
      for (const alias of aliases.split(',')) {
        classes.set(alias, className);
        if (!names.has(className)) names.set(className, alias);
      }
    }
  }
  return { classes, names };
}
